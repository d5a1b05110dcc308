package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of one value, and what it takes to understand it.
 *
 * @param text the value as it was given
 * @param hint what the key allows, for a message
 * @param base what a relative path is relative to; absolute
 * @param userHome what {@code ~} stands for
 */
record ConfigValue(String text, String hint, Path base, Path userHome) {

  private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,18})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kKmMgG]?)");

  Path path() {
    if (text.isBlank()) {
      throw refused("a path", null);
    }
    try {
      if (text.equals("~") || text.startsWith("~/")) {
        return base.resolve(userHome).resolve(text.substring(Math.min(2, text.length())));
      }
      if (text.startsWith("~")) {
        throw refused("a path; ~ stands for a home folder only before a slash", null);
      }
      return base.resolve(text);
    } catch (InvalidPathException e) {
      throw refused("a path", e);
    }
  }

  /** Paths, separated by commas. */
  List<Path> paths() {
    return Arrays.stream(text.split(",", -1))
        .map(one -> new ConfigValue(one.strip(), hint, base, userHome).path())
        .toList();
  }

  Duration duration() {
    Matcher shortForm = SHORT_DURATION.matcher(text);
    try {
      if (!shortForm.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(shortForm.group(1));
      return switch (shortForm.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw refused("a duration", e);
    }
  }

  int wholeNumber() {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused("a whole number", e);
    }
  }

  /** A number of bytes below 2 GiB, written as {@link #bytes()} has it. */
  int fewBytes() {
    long size = bytes();
    if (size > Integer.MAX_VALUE) {
      throw refused("a size of that kind", null);
    }
    return (int) size;
  }

  /** {@code on} or {@code off}; YAML's true and false are taken too, which some tools write. */
  boolean onOrOff() {
    return switch (text) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw refused("on or off", null);
    };
  }

  /** The constant of an enum that is written like the text, in lower case. */
  <E extends Enum<E>> E oneOf(Class<E> choices) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> refused("one of its values", null));
  }

  /** A number of bytes: a whole number, or one with k, m or g for powers of 1024. */
  long bytes() {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw refused("a size", null);
    }
    int shift =
        switch (size.group(2).toLowerCase(Locale.ROOT)) {
          case "" -> 0;
          case "k" -> 10;
          case "m" -> 20;
          default -> 30;
        };
    long amount = Long.parseLong(size.group(1));
    if (amount > Long.MAX_VALUE >> shift) {
      throw refused("a size that there is", null);
    }
    return amount << shift;
  }

  double number() {
    try {
      return new java.math.BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw refused("a number", e);
    }
  }

  /** Pairs of paths, as {@code docker run -v} has them, separated by commas. */
  List<DockerConfig.Bind> binds() {
    List<DockerConfig.Bind> binds = new ArrayList<>();
    for (String one : text.split(",")) {
      String[] parts = one.strip().split(":");
      boolean readOnly = parts.length == 3 && parts[2].equals("ro");
      if (parts.length != 2 && !readOnly) {
        throw refused("a pair of paths", null);
      }
      binds.add(new DockerConfig.Bind(parts[0], parts[1], readOnly));
    }
    return binds;
  }

  private RefusedException refused(String wanted, @Nullable Exception cause) {
    return new RefusedException(
        "use the value", Quoted.of(text), Quoted.of(text) + " is not " + wanted, hint, cause);
  }
}
