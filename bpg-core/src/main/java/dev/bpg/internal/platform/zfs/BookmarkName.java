package dev.bpg.internal.platform.zfs;

/**
 * The full name of a bookmark, such as {@code tank/bpg/main#sent}.
 *
 * @param dataset whose bookmark it is
 * @param name the part after the {@code #}
 */
public record BookmarkName(DatasetName dataset, String name) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if ZFS would not take it; the message says why
   */
  public BookmarkName {
    NameRules.checkPart(dataset + "#" + name, name);
    NameRules.checkLength(dataset + "#" + name);
  }

  /**
   * Reads a full name.
   *
   * @throws IllegalArgumentException if it is not one; the message says why
   */
  public static BookmarkName of(String text) {
    int at = text.indexOf('#');
    if (at < 0) {
      throw NameRules.bad(text, "a bookmark's has an \"#\"");
    }
    return new BookmarkName(new DatasetName(text.substring(0, at)), text.substring(at + 1));
  }

  /** The full name. */
  @Override
  public String toString() {
    return dataset + "#" + name;
  }
}
