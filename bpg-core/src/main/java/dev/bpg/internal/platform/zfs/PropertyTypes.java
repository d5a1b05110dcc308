package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.zfs.PropertyValue.Count;
import dev.bpg.internal.platform.zfs.PropertyValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Between the text of a property's value and what the kernel has, by {@code zfs_prop.c}. */
final class PropertyTypes {

  private static final Set<String> TEXTS =
      Set.of(
          "mountpoint",
          "sharenfs",
          "sharesmb",
          "context",
          "fscontext",
          "defcontext",
          "rootcontext");

  private static final Set<String> NUMBERS =
      Set.of(
          "quota",
          "refquota",
          "reservation",
          "refreservation",
          "recordsize",
          "special_small_blocks",
          "filesystem_limit",
          "snapshot_limit");

  // The kernel does not check these: it leaves that to the zfs command.
  private static final Set<String> POWERS_OF_TWO = Set.of("recordsize", "special_small_blocks");
  private static final long SMALLEST_BLOCK = 512;
  private static final long LARGEST_BLOCK = 16 << 20;

  // The two whose "none" is the largest number and not 0.
  private static final Set<String> LIMITS = Set.of("filesystem_limit", "snapshot_limit");

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,19})([KMGTPE]?)(i?B)?");
  private static final Pattern USERS_NAME = Pattern.compile("[a-z0-9:._-]*:[a-z0-9:._-]*");
  private static final int USERS_NAME_LENGTH = 255;
  private static final int TEXT_BYTES = 8191;

  private PropertyTypes() {}

  static PropertyValue parse(String name, String value) {
    if (name.contains(":")) {
      return usersOwn(name, value);
    } else if (TEXTS.contains(name)) {
      if (name.equals("mountpoint")
          && !value.startsWith("/")
          && !value.equals("legacy")
          && !value.equals("none")) {
        throw bad(name, value, "it is an absolute path, legacy or none");
      }
      return text(name, value);
    } else if (NUMBERS.contains(name)) {
      long number = number(name, value);
      requireNumber(name, number);
      return new Count(number);
    }
    Map<String, Long> choices = PropertyChoices.of(name);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("\"" + name + "\" is no property that can be set");
    }
    Long number = choices.get(value);
    if (number == null) {
      throw bad(name, value, "it is one of " + String.join(", ", choices.keySet()));
    }
    return new Count(number);
  }

  static void requireNumber(String name, long value) {
    if (!NUMBERS.contains(name)) {
      throw new IllegalArgumentException("\"" + name + "\" is no number that can be set");
    }
    if (POWERS_OF_TWO.contains(name) && !isBlockSize(value) && !(value == 0 && isZeroFine(name))) {
      throw bad(name, Long.toUnsignedString(value), "it is a power of two from 512 to 16M");
    }
  }

  private static boolean isBlockSize(long value) {
    return Long.bitCount(value) == 1 && value >= SMALLEST_BLOCK && value <= LARGEST_BLOCK;
  }

  private static boolean isZeroFine(String name) {
    return name.equals("special_small_blocks");
  }

  /** A number as {@code zfs get -p} shows it. */
  static String text(String name, long value) {
    return PropertyChoices.name(name, value).orElseGet(() -> Long.toUnsignedString(value));
  }

  private static PropertyValue usersOwn(String name, String value) {
    if (!USERS_NAME.matcher(name).matches() || name.length() > USERS_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" cannot be a user property: it is at most "
              + USERS_NAME_LENGTH
              + " of a-z, 0-9, \":\", \".\", \"_\" and \"-\", with a colon");
    }
    return text(name, value);
  }

  private static PropertyValue text(String name, String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES || value.indexOf('\0') >= 0) {
      throw bad(name, value, "it has at most " + TEXT_BYTES + " bytes, none of them 0");
    }
    return new Text(value);
  }

  private static long number(String name, String value) {
    if (value.equals("none")) {
      return LIMITS.contains(name) ? -1 : 0;
    }
    Matcher matcher = NUMBER.matcher(value.toUpperCase(Locale.ROOT).replace("IB", "iB"));
    if (!matcher.matches()) {
      throw bad(name, value, "it is a number, such as 8192, 8K or none");
    }
    int shift = matcher.group(2).isEmpty() ? 0 : 10 * (1 + "KMGTPE".indexOf(matcher.group(2)));
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw bad(name, value, "it is too large");
    }
  }

  private static IllegalArgumentException bad(String name, String value, String why) {
    return new IllegalArgumentException(name + " cannot be \"" + value + "\": " + why);
  }
}
