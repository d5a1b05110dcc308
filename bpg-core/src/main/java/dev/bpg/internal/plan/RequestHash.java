package dev.bpg.internal.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of what is asked for, entry by entry. Not safe for use by several threads. */
public final class RequestHash {

  private final MessageDigest digest;

  /** Nothing is in it yet. */
  public RequestHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has it, says MessageDigest.
      throw new IllegalStateException(e);
    }
  }

  /** Adds an entry: with its lengths, so that no two lists of entries look alike. */
  public RequestHash add(String name, Object value) {
    for (String text : new String[] {name, value.toString()}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return this;
  }

  /** The hash in hexadecimal digits; nothing can be added after it. */
  public String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
