package dev.bpg.model;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The id of one incarnation of a branch: 16 random characters of {@code a-z 0-9}. What bpg makes
 * outside its catalog (volumes, sockets, containers) is named by it, so two names can never collide
 * there and a name can be used again at once.
 *
 * @param value the 16 characters
 */
public record BranchId(String value) {

  /** The number of characters; short because a socket's path has a limit of 107 bytes. */
  public static final int LENGTH = 16;

  private static final Pattern VALID = Pattern.compile("[a-z0-9]{" + LENGTH + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Checks the form. */
  public BranchId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("not a branch id: " + value);
    }
  }

  /** A new id that nothing has. */
  public static BranchId random() {
    // 80 of the 82 bits that 16 digits of base 36 hold.
    String digits = new BigInteger(80, RANDOM).toString(36);
    return new BranchId("0".repeat(LENGTH - digits.length()) + digits);
  }

  /** Whether a file name could be an id; says nothing of whether it is one of ours. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
