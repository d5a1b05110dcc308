package dev.bpg.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether servers offer TLS, and with what. Immutable.
 *
 * @param type with what
 * @param certificate the file of the servers' certificate, followed by those between it and the
 *     authority's if there are any; PEM
 * @param key the file of its private key, not encrypted; PEM
 * @param authority the file of the authority's certificate, which clients trust; PEM
 */
public record Tls(
    Type type, Optional<Path> certificate, Optional<Path> key, Optional<Path> authority) {

  /** What servers offer. */
  public enum Type {
    /** No TLS. The default. */
    OFF,
    /** TLS with a certificate that bpg makes, one for each database. */
    GENERATED,
    /** TLS with a certificate of the user's own. */
    FILES
  }

  private static final Tls OFF = of(Type.OFF);

  /** No TLS. */
  public static Tls off() {
    return OFF;
  }

  /** TLS with a certificate that bpg makes. */
  public static Tls generated() {
    return of(Type.GENERATED);
  }

  /**
   * TLS with a certificate of the user's own, which has to be one for 127.0.0.1.
   *
   * @param certificate the file of the certificate
   * @param key the file of its private key
   * @param authority the file of the authority's certificate; the same as the first if the
   *     certificate is self-signed
   */
  public static Tls files(Path certificate, Path key, Path authority) {
    return new Tls(Type.FILES, Optional.of(certificate), Optional.of(key), Optional.of(authority));
  }

  private static Tls of(Type type) {
    return new Tls(type, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with another type. */
  public Tls withType(Type other) {
    return new Tls(other, certificate, key, authority);
  }

  /** The same with another file of the certificate. */
  public Tls withCertificate(Path file) {
    return new Tls(type, Optional.of(file), key, authority);
  }

  /** The same with another file of the private key. */
  public Tls withKey(Path file) {
    return new Tls(type, certificate, Optional.of(file), authority);
  }

  /** The same with another file of the authority's certificate. */
  public Tls withAuthority(Path file) {
    return new Tls(type, certificate, key, Optional.of(file));
  }

  /** How many files it names. */
  public long fileCount() {
    return Stream.of(certificate, key, authority).flatMap(Optional::stream).count();
  }
}
