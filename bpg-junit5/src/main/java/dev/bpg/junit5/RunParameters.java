package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import dev.bpg.model.PoolLimits;
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
 * @param source gives the text of one by its name, if it is there
 */
record RunParameters(Function<String, Optional<String>> source) {

  static final String KEEP = "bpg.junit.keep";
  static final String MAX_BRANCHES = "bpg.junit.maxBranches";
  static final String MAX_BRANCHES_TIMEOUT = "bpg.junit.maxBranches.timeout";
  static final String SCOPE = "bpg.junit.scope";
  static final String AHEAD = "bpg.junit.ahead";
  static final String AHEAD_IDLE = "bpg.junit.ahead.idle";
  static final String RESERVE = "bpg.junit.ahead.reserve";
  static final String REUSE = "bpg.junit.reuse";
  static final String REPORT_CHANGES = "bpg.junit.reportChanges";
  static final String PREPARATION_TIMEOUT = "bpg.junit.preparation.timeout";
  static final String SKIP_UNAVAILABLE = "bpg.junit.skipUnavailable";

  private static final String DURATION = "use a duration such as 90s, 2m or PT2M";
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  /** Those of a run, which any context of it knows. */
  RunParameters(ExtensionContext context) {
    this(context::getConfigurationParameter);
  }

  /** Which branches to keep when their class does not say. */
  KeepBranch keep() {
    return read(KEEP, "use never, on-failure or always", RunParameters::keep)
        .orElse(KeepBranch.NEVER);
  }

  /** Which tests share a branch when nobody says it. */
  BranchScope scope() {
    return read(SCOPE, "use class, method or session", RunParameters::scope)
        .orElse(BranchScope.CLASS);
  }

  /** Whether to tell what a test that failed has changed. */
  boolean reportsChanges() {
    return read(REPORT_CHANGES, "use true or false", RunParameters::bool).orElse(true);
  }

  /** How many branches may live and wait. */
  PoolLimits limits() {
    PoolLimits limits = PoolLimits.defaults();
    return new PoolLimits(
        read(AHEAD, "use a whole number", RunParameters::natural).orElse(limits.ahead()),
        read(MAX_BRANCHES, "use a whole number of at least 1", RunParameters::positive)
            .orElse(limits.servers()),
        read(MAX_BRANCHES_TIMEOUT, DURATION, this::duration).orElse(limits.timeout()),
        read(AHEAD_IDLE, DURATION, this::duration).orElse(limits.idle()),
        read(RESERVE, "use a number of mebibytes", RunParameters::natural)
            .map(mebibytes -> (long) mebibytes << 20)
            .orElse(limits.reserve()),
        read(REUSE, "use true or false", RunParameters::bool).orElse(limits.reuse()));
  }

  /** How long the preparation of a template may take. */
  Duration preparationTimeout() {
    return read(PREPARATION_TIMEOUT, DURATION, this::duration).orElse(Duration.ofMinutes(10));
  }

  /** Whether tests are to be aborted where this machine lacks something. */
  boolean skipUnavailable() {
    return read(SKIP_UNAVAILABLE, "use true or false", RunParameters::bool).orElse(false)
        && !Boolean.parseBoolean(System.getenv("BPG_REQUIRE"));
  }

  private <T> Optional<T> read(String name, String hint, Function<String, T> parser) {
    Optional<String> text = source.apply(name).map(String::strip);
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

  private static BranchScope scope(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "class" -> BranchScope.CLASS;
      case "method" -> BranchScope.METHOD;
      case "session" -> BranchScope.SESSION;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static int natural(String text) {
    int number = Integer.parseInt(text);
    if (number < 0) {
      throw new IllegalArgumentException(text);
    }
    return number;
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
