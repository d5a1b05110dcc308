package dev.bpg.internal.platform.zfs;

import java.util.List;

/** A property's value as the kernel has it. */
public sealed interface PropertyValue {

  /**
   * A number, or the number of a choice: {@code compression=lz4} is 15.
   *
   * @param value unsigned
   */
  record Count(long value) implements PropertyValue {

    @Override
    public String toString() {
      return Long.toUnsignedString(value);
    }
  }

  /**
   * A text, which user properties always are.
   *
   * @param value the text
   */
  record Text(String value) implements PropertyValue {

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * Names, such as the clones of a snapshot; read only.
   *
   * @param values in the kernel's order
   */
  record Names(List<String> values) implements PropertyValue {

    /** Copies the list. */
    public Names {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return String.join(",", values);
    }
  }
}
