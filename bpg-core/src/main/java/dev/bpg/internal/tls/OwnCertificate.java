package dev.bpg.internal.tls;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileFailures;
import dev.bpg.model.Tls;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** A certificate of the user's own, read and checked before a server sees it. */
public final class OwnCertificate {

  private static final String HOST = "127.0.0.1";

  private final Path certificateFile;
  private final Path keyFile;
  private final Path authorityFile;

  private OwnCertificate(Tls tls) {
    certificateFile = tls.certificate().orElseThrow();
    keyFile = tls.key().orElseThrow();
    authorityFile = tls.authority().orElseThrow();
  }

  /**
   * Reads it.
   *
   * @param tls with files
   * @throws UnavailableException if a file cannot be read
   * @throws RefusedException if clients or servers could not use it
   */
  public static ServerCertificate read(Tls tls, Instant now) {
    return new OwnCertificate(tls).read(now);
  }

  private ServerCertificate read(Instant now) {
    String text = text(certificateFile);
    String keyText = text(keyFile);
    String authorityText = text(authorityFile);
    List<X509Certificate> chain = certificates(certificateFile, text);
    List<X509Certificate> authorities = certificates(authorityFile, authorityText);
    X509Certificate leaf = chain.get(0);
    refuseOutdated(leaf, now);
    refuseOtherHost(leaf);
    refuseOtherKey(leaf, key(keyText));
    refuseUntrusted(chain, authorities, now);
    return new ServerCertificate(
        keyText + "\n" + text, String.join("", ServerCertificate.blocks(authorityText)));
  }

  private static String text(Path file) {
    try {
      // As bytes: what is no PEM may be no text either.
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UnavailableException(
          "use the TLS file",
          file.toString(),
          FileFailures.reason(e),
          "correct its path in the configuration, or make it readable for this process",
          e);
    }
  }

  private static List<X509Certificate> certificates(Path file, String text) {
    try {
      return ServerCertificate.certificates(text);
    } catch (IOException e) {
      throw new RefusedException(
          "use the TLS file",
          file.toString(),
          String.valueOf(e.getMessage()),
          "name a file that begins a certificate with -----BEGIN CERTIFICATE-----",
          e);
    }
  }

  private PrivateKey key(String text) {
    String hint = "name a file with a private key in PEM form that has no passphrase";
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        } else if (found instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        } else if (found instanceof PEMEncryptedKeyPair
            || found instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw refused(keyFile, "its private key is encrypted", hint);
        }
      }
    } catch (PEMException e) {
      throw new RefusedException(
          "use the TLS file", keyFile.toString(), "its private key is damaged", hint, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("use the TLS file", keyFile.toString(), "it is no PEM", hint, e);
    }
    throw refused(keyFile, "it has no private key in PEM form", hint);
  }

  private void refuseOutdated(X509Certificate leaf, Instant now) {
    Instant begin = leaf.getNotBefore().toInstant();
    Instant end = leaf.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw refused(
          certificateFile, "its certificate expired at " + end, "have it renewed by its authority");
    }
    if (now.isBefore(begin)) {
      throw refused(
          certificateFile,
          "its certificate is not valid before " + begin,
          "set this machine's clock, or wait");
    }
  }

  // Clients of bpg connect to that address, and compare.
  private void refuseOtherHost(X509Certificate leaf) {
    try {
      Collection<List<?>> names =
          Optional.ofNullable(leaf.getSubjectAlternativeNames()).orElse(List.of());
      if (names.stream().noneMatch(name -> HOST.equals(name.get(1)))) {
        throw refused(
            certificateFile,
            "its certificate is not for " + HOST,
            "have it issued with the subject alternative name IP:" + HOST);
      }
    } catch (GeneralSecurityException e) {
      throw new RefusedException(
          "use the TLS file",
          certificateFile.toString(),
          "the names in its certificate are damaged",
          "have it issued again",
          e);
    }
  }

  private void refuseOtherKey(X509Certificate leaf, PrivateKey key) {
    if (!KeyMatch.of(leaf.getPublicKey(), key)) {
      throw refused(
          keyFile,
          "its key is not that of the certificate in " + certificateFile,
          "name the private key that this certificate was issued for");
    }
  }

  private void refuseUntrusted(
      List<X509Certificate> chain, List<X509Certificate> authorities, Instant now) {
    List<X509Certificate> below = chain.stream().filter(c -> !authorities.contains(c)).toList();
    if (authorities.contains(chain.get(0))) {
      return;
    }
    try {
      Set<TrustAnchor> anchors =
          authorities.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet());
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
    } catch (GeneralSecurityException e) {
      throw new RefusedException(
          "use the TLS file",
          certificateFile.toString(),
          "its certificate does not lead to that of the authority in " + authorityFile,
          "name the certificate of the authority that issued it",
          e);
    }
  }

  private static RefusedException refused(Path file, String reason, String hint) {
    return new RefusedException("use the TLS file", file.toString(), reason, hint);
  }
}
