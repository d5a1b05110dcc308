package dev.bpg.internal.platform.zfs;

/**
 * The full name of a snapshot, such as {@code tank/bpg/main@before}.
 *
 * @param dataset whose snapshot it is
 * @param name the part after the {@code @}
 */
public record SnapshotName(DatasetName dataset, String name) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if ZFS would not take it; the message says why
   */
  public SnapshotName {
    NameRules.checkPart(dataset + "@" + name, name);
    NameRules.checkLength(dataset + "@" + name);
  }

  /**
   * Reads a full name.
   *
   * @throws IllegalArgumentException if it is not one; the message says why
   */
  public static SnapshotName of(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw NameRules.bad(text, "a snapshot's has an \"@\"");
    }
    return new SnapshotName(new DatasetName(text.substring(0, at)), text.substring(at + 1));
  }

  /** The full name. */
  @Override
  public String toString() {
    return dataset + "@" + name;
  }
}
