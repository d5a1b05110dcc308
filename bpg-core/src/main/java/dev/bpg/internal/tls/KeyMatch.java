package dev.bpg.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Locale;

/** Whether a private key belongs to a public one. */
final class KeyMatch {

  private static final byte[] MESSAGE = {1, 2, 3};

  private KeyMatch() {}

  /** Tries it: what one signs, the other must verify. Keys of different kinds do not match. */
  static boolean of(PublicKey open, PrivateKey secret) {
    try {
      Signature signing = Signature.getInstance(algorithm(secret.getAlgorithm()));
      signing.initSign(secret);
      signing.update(MESSAGE);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm(open.getAlgorithm()));
      verifying.initVerify(open);
      verifying.update(MESSAGE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(String key) {
    return switch (key.toUpperCase(Locale.ROOT)) {
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key;
    };
  }
}
