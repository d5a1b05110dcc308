package dev.bpg.benchmarks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A size such as {@code 100MB} or {@code 5GB}, by thousands.
 *
 * @param text as it was written
 * @param bytes what it says
 */
record ByteSize(String text, long bytes) {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(MB|GB)");

  /** Reads one from a command line. */
  static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(text + " is not a size such as 100MB or 5GB");
      }
      long unit = matcher.group(2).equals("MB") ? 1_000_000 : 1_000_000_000;
      return new ByteSize(text, Long.parseLong(matcher.group(1)) * unit);
    }
  }
}
