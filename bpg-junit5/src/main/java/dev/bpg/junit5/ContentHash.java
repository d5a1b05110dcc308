package dev.bpg.junit5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of content that is given piece by piece. Each piece ends where the next begins. */
final class ContentHash {

  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;

  ContentHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has it, says MessageDigest.
      throw new IllegalStateException(e);
    }
  }

  /** The hash of one piece. */
  static String of(byte[] content) {
    return new ContentHash().add(content).text();
  }

  ContentHash add(String piece) {
    return add(piece.getBytes(StandardCharsets.UTF_8));
  }

  ContentHash add(byte[] piece) {
    digest.update(piece);
    end(piece.length);
    return this;
  }

  /** Adds what can be larger than memory; the stream is the caller's to close. */
  ContentHash add(InputStream piece) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long length = 0;
    for (int read = piece.read(buffer); read >= 0; read = piece.read(buffer)) {
      digest.update(buffer, 0, read);
      length += read;
    }
    end(length);
    return this;
  }

  private void end(long length) {
    digest.update((":" + length + ";").getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of all pieces so far, after which none can be added. */
  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
