package dev.bpg.internal.server;

import dev.bpg.model.PostgresBuild;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Postgres.
 *
 * @param major the first number, such as 17
 * @param minor the second number; 0 for a beta
 * @param text as Postgres writes it, such as {@code 17.11}
 */
public record Version(int major, int minor, String text) implements Comparable<Version> {

  private static final Pattern PRINTED =
      Pattern.compile("^postgres \\(PostgreSQL\\) (\\S+)", Pattern.MULTILINE);
  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,4})(?:\\.([0-9]{1,4}))?.*");
  private static final Pattern JAR_NAME = Pattern.compile("-([0-9]+\\.[0-9]+)[^/]*\\.jar!/[^/]*$");
  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::major).thenComparingInt(Version::minor);

  /** Parses a text such as {@code 17.11} or {@code 18beta1}. */
  public static Optional<Version> parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int minor = numbers.group(2) == null ? 0 : Integer.parseInt(numbers.group(2));
    return Optional.of(new Version(Integer.parseInt(numbers.group(1)), minor, text));
  }

  /** Finds the version in what {@code postgres -V} printed. */
  public static Optional<Version> printed(String output) {
    Matcher line = PRINTED.matcher(output);
    return line.find() ? parse(line.group(1)) : Optional.empty();
  }

  /** Guesses the version from the address of a file in a jar, by the jar's name. */
  public static Optional<Version> ofJar(String url) {
    Matcher name = JAR_NAME.matcher(url);
    return name.find() ? parse(name.group(1)) : Optional.empty();
  }

  /** Whether bpg runs this major version, and it is the wanted one if one is wanted. */
  public boolean fits(OptionalInt wanted) {
    return major >= PostgresBuild.OLDEST
        && major <= PostgresBuild.NEWEST
        && (wanted.isEmpty() || wanted.getAsInt() == major);
  }

  public PostgresBuild build(String origin) {
    return new PostgresBuild(major, text, origin);
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
