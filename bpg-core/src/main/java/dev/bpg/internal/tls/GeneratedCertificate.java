package dev.bpg.internal.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for the servers of one database, with an authority of its own. The authority's key
 * is forgotten at once, so nobody can ever make another certificate that clients would trust.
 */
public final class GeneratedCertificate {

  private static final Duration LIFE = Duration.ofDays(3652);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";

  // A clock that is behind must not find it in the future.
  private static final Duration SLACK = Duration.ofDays(1);

  private GeneratedCertificate() {}

  /** Makes one. It lasts for ten years. */
  public static ServerCertificate make(String database, Instant now) throws IOException {
    try {
      KeyPair authority = keys();
      KeyPair server = keys();
      X500Name issuer = new X500Name("CN=authority of bpg for database " + database);
      X500Name subject = new X500Name("CN=bpg database " + database);
      String authorityText = pem(sign(authorityOf(issuer, authority, now), authority.getPrivate()));
      String serverText =
          pem(sign(serverOf(subject, server, issuer, authority, now), authority.getPrivate()));
      String key = pem(new JcaPKCS8Generator(server.getPrivate(), null));
      return new ServerCertificate(key + serverText + authorityText, authorityText);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("this Java cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder authorityOf(X500Name name, KeyPair keys, Instant now)
      throws IOException, GeneralSecurityException {
    JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
    return begun(name, name, keys, now)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            ids.createSubjectKeyIdentifier(keys.getPublic()));
  }

  private static X509v3CertificateBuilder serverOf(
      X500Name name, KeyPair keys, X500Name issuer, KeyPair authority, Instant now)
      throws IOException, GeneralSecurityException {
    GeneralNames names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1"),
              new GeneralName(GeneralName.dNSName, "localhost")
            });
    JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
    return begun(name, issuer, keys, now)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, names)
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            ids.createAuthorityKeyIdentifier(authority.getPublic()));
  }

  private static X509v3CertificateBuilder begun(
      X500Name name, X500Name issuer, KeyPair keys, Instant now) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM).setBit(126),
        Date.from(now.minus(SLACK)),
        Date.from(now.plus(LIFE)),
        name,
        keys.getPublic());
  }

  private static X509CertificateHolder sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws OperatorCreationException {
    return builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
