package dev.bpg.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server shows, and what its clients trust.
 *
 * @param server its private key and its certificate, followed by those above it: PEM
 * @param authority the certificate of the authority: PEM
 */
public record ServerCertificate(String server, String authority) {

  /** How long before its end somebody should see to a certificate. */
  public static final Duration SOON = Duration.ofDays(30);

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  /**
   * The certificate of the server itself.
   *
   * @throws IOException if there is none, or it is damaged
   */
  public X509Certificate leaf() throws IOException {
    return chain().get(0);
  }

  List<X509Certificate> chain() throws IOException {
    return certificates(server);
  }

  /** Whether it is whole and lasts longer than {@link #SOON}. */
  public boolean isFresh(Instant now) {
    try {
      return leaf().getNotAfter().toInstant().isAfter(now.plus(SOON));
    } catch (IOException e) {
      return false;
    }
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "ServerCertificate[hidden]";
  }

  /** The certificates in a text; at least one. */
  static List<X509Certificate> certificates(String text) throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> all = new java.util.ArrayList<>();
      for (String block : blocks(text)) {
        byte[] bytes = block.getBytes(StandardCharsets.US_ASCII);
        all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
      }
      if (all.isEmpty()) {
        throw new IOException("it has no certificate in PEM form");
      }
      return all;
    } catch (CertificateException e) {
      throw new IOException("its certificate is damaged: " + e.getMessage(), e);
    }
  }

  /** The texts of the certificates in a text. */
  static List<String> blocks(String text) {
    Matcher matcher = CERTIFICATE.matcher(text);
    return matcher.results().map(result -> result.group() + "\n").toList();
  }
}
