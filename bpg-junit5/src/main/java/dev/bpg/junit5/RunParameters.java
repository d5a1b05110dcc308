package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The configuration parameters of a test run, as the package's description lists them.
 *
 * @param context any context of the run
 */
record RunParameters(ExtensionContext context) {

  static final String KEEP = "bpg.junit.keep";
  static final String MAX_BRANCHES = "bpg.junit.maxBranches";
  static final String MAX_BRANCHES_TIMEOUT = "bpg.junit.maxBranches.timeout";
  static final String SKIP_UNAVAILABLE = "bpg.junit.skipUnavailable";

  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  /** Which branches to keep when their class does not say. */
  KeepBranch keep() {
    return read(KEEP, "use never, on-failure or always", RunParameters::keep)
        .orElse(KeepBranch.NEVER);
  }

  /** How many branches may live at once. */
  int maxBranches() {
    return read(MAX_BRANCHES, "use a whole number of at least 1", RunParameters::positive)
        .orElseGet(() -> Math.max(8, 4 * Runtime.getRuntime().availableProcessors()));
  }

  /** How long to wait until one may. */
  Duration maxBranchesTimeout() {
    return read(MAX_BRANCHES_TIMEOUT, "use a duration such as 90s, 2m or PT2M", this::duration)
        .orElse(Duration.ofMinutes(2));
  }

  /** Whether tests are to be aborted where this machine lacks something. */
  boolean skipUnavailable() {
    return read(SKIP_UNAVAILABLE, "use true or false", RunParameters::bool).orElse(false)
        && !Boolean.parseBoolean(System.getenv("BPG_REQUIRE"));
  }

  private <T> Optional<T> read(String name, String hint, Function<String, T> parser) {
    Optional<String> text = context.getConfigurationParameter(name).map(String::strip);
    try {
      return text.map(parser);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new RefusedException(
          "use the configuration parameter",
          name,
          "\"" + text.orElse("") + "\" is not one of its values",
          hint,
          e);
    }
  }

  private static KeepBranch keep(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "never" -> KeepBranch.NEVER;
      case "on-failure" -> KeepBranch.ON_FAILURE;
      case "always" -> KeepBranch.ALWAYS;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static int positive(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private Duration duration(String text) {
    Matcher shortForm = SHORT_DURATION.matcher(text);
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
  }
}
