package dev.bpg.internal.platform.zfs;

/**
 * One property of a dataset, snapshot or pool.
 *
 * @param name such as {@code compression} or {@code bpg:id}
 * @param value as the kernel has it
 * @param source where the value comes from
 */
public record Property(String name, PropertyValue value, Source source) {

  /** The value as {@code zfs get -p} shows it: numbers in full, choices by their names. */
  public String text() {
    return value instanceof PropertyValue.Count number
        ? PropertyTypes.text(name, number.value())
        : value.toString();
  }
}
