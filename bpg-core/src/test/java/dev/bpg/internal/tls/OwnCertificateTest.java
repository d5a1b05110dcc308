package dev.bpg.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificateTest {

  private static final Instant NOW = Instant.now();
  private static final String KEY_HINT =
      "name a file with a private key in PEM form that has no passphrase";

  @TempDir Path folder;

  private Path certificate;
  private Path key;
  private Path authority;
  private ServerCertificate made;

  @BeforeEach
  void writeFiles() throws IOException {
    certificate = folder.resolve("server.crt");
    key = folder.resolve("server.key");
    authority = folder.resolve("ca.crt");
    made = GeneratedCertificate.make("own", NOW);
    Files.writeString(certificate, leaf(made));
    Files.writeString(key, key(made));
    Files.writeString(authority, made.authority());
  }

  private static String leaf(ServerCertificate from) {
    return ServerCertificate.blocks(from.server()).get(0);
  }

  private static String key(ServerCertificate from) {
    return from.server().substring(0, from.server().indexOf("-----BEGIN CERTIFICATE"));
  }

  private ServerCertificate read() {
    return OwnCertificate.read(Tls.files(certificate, key, authority), NOW);
  }

  @Test
  void takesWhatBelongsTogether() {
    ServerCertificate own = read();

    assertThat(own.server()).contains(leaf(made)).contains(key(made));
    assertThat(own.authority()).isEqualTo(made.authority());
    assertThat(own.toString()).isEqualTo("ServerCertificate[hidden]");
  }

  @Test
  void takesTheAuthoritysCertificateBehindTheServersToo() throws IOException {
    Files.writeString(certificate, leaf(made) + made.authority());

    assertThat(read().chain()).hasSize(2);
  }

  @Test
  void refusesAFileThatIsNotThere() throws IOException {
    Files.delete(authority);

    assertRefused(
        UnavailableException.class,
        authority,
        authority + " does not exist",
        "correct its path in the configuration, or make it readable for this process");
  }

  @Test
  void refusesWhatIsNoPem() throws IOException {
    Files.write(certificate, new byte[] {0x30, (byte) 0x82, 0, (byte) 0xff});
    assertRefused(
        RefusedException.class,
        certificate,
        "it has no certificate in PEM form",
        "name a file that begins a certificate with -----BEGIN CERTIFICATE-----");
    writeFiles();
    Files.write(key, new byte[] {0x30, (byte) 0x82, 0, (byte) 0xff});
    assertRefused(RefusedException.class, key, "it has no private key in PEM form", KEY_HINT);
    writeFiles();
    Files.writeString(authority, "");
    assertRefused(
        RefusedException.class,
        authority,
        "it has no certificate in PEM form",
        "name a file that begins a certificate with -----BEGIN CERTIFICATE-----");
  }

  @Test
  void refusesWhatIsDamaged() throws IOException {
    Files.writeString(
        key,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(new byte[] {1, 2, 3})
            + "\n-----END PRIVATE KEY-----\n");
    assertRefused(RefusedException.class, key, "its private key is damaged", KEY_HINT);
    writeFiles();
    Files.writeString(certificate, leaf(made).replace("\nMII", "\nMIA"));
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot use the TLS file " + certificate + ": its certificate is damaged: ");
  }

  @Test
  void refusesAKeyWithAPassphrase() throws IOException {
    Files.writeString(
        key,
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
            + "DEK-Info: AES-128-CBC,00000000000000000000000000000000\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----\n");

    assertRefused(RefusedException.class, key, "its private key is encrypted", KEY_HINT);
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() throws IOException {
    Files.writeString(key, key(GeneratedCertificate.make("own", NOW)));

    assertRefused(
        RefusedException.class,
        key,
        "its key is not that of the certificate in " + certificate,
        "name the private key that this certificate was issued for");
  }

  @Test
  void refusesTheAuthorityOfAnotherCertificate() throws IOException {
    Files.writeString(authority, GeneratedCertificate.make("own", NOW).authority());

    assertRefused(
        RefusedException.class,
        certificate,
        "its certificate does not lead to that of the authority in " + authority,
        "name the certificate of the authority that issued it");
  }

  @Test
  void refusesACertificateThatIsForAnotherHost() throws IOException {
    Files.writeString(certificate, made.authority());

    assertRefused(
        RefusedException.class,
        certificate,
        "its certificate is not for 127.0.0.1",
        "have it issued with the subject alternative name IP:127.0.0.1");
  }

  @Test
  void refusesACertificateBeforeAndAfterItsTime() throws IOException {
    made = GeneratedCertificate.make("own", NOW.plus(Duration.ofDays(2)));
    Files.writeString(certificate, leaf(made));
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its certificate is not valid before ");
    made = GeneratedCertificate.make("own", NOW.minus(Duration.ofDays(4000)));
    Files.writeString(certificate, leaf(made));
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its certificate expired at ");
  }

  private void assertRefused(
      Class<? extends BpgException> type, Path file, String reason, String hint) {
    assertThatThrownBy(this::read)
        .isInstanceOf(type)
        .hasMessage("cannot use the TLS file " + file + ": " + reason + "\nHINT: " + hint);
  }
}
