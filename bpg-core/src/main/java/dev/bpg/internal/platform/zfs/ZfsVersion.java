package dev.bpg.internal.platform.zfs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the kernel module.
 *
 * @param text in full, such as {@code 2.3.2-2~bpo12+2}
 * @param major its first number; 0 if the text has none
 * @param minor its second number
 * @param patch its third number
 */
public record ZfsVersion(String text, int major, int minor, int patch) {

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

  /** Reads a version; one of another form has zeros for numbers. */
  public static ZfsVersion of(String text) {
    Matcher matcher = NUMBERS.matcher(text);
    return matcher.matches()
        ? new ZfsVersion(
            text,
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)))
        : new ZfsVersion(text, 0, 0, 0);
  }

  /**
   * Whether this version can corrupt data: 2.2.0 and 2.2.1 can, in files that were copied by
   * cloning blocks.
   *
   * @see <a href="https://github.com/openzfs/zfs/releases/tag/zfs-2.2.2">the notes on 2.2.2</a>
   */
  public boolean isCorrupting() {
    return major == 2 && minor == 2 && patch < 2;
  }

  /** Whether it is at least this one. */
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || major == otherMajor && minor >= otherMinor;
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
