package dev.bpg.config;

import dev.bpg.error.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
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

  /** The constant of an enum that is written like the text, in lower case. */
  <E extends Enum<E>> E oneOf(Class<E> choices) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> refused("one of its values", null));
  }

  private RefusedException refused(String wanted, @Nullable Exception cause) {
    return new RefusedException(
        "use the value", Quoted.of(text), Quoted.of(text) + " is not " + wanted, hint, cause);
  }
}
