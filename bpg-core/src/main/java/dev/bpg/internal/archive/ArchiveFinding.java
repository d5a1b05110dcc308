package dev.bpg.internal.archive;

/**
 * Something that is wrong with an archive.
 *
 * @param kind what it is
 * @param file the name of the file: as it is stored, or as Postgres would ask for it if it is
 *     missing
 * @param reason the same in words, with positions
 */
public record ArchiveFinding(Kind kind, String file, String reason) {

  /** What can be wrong. */
  public enum Kind {
    /** One segment or several in a row are not there; recovery ends before the first of them. */
    MISSING,
    /** A timeline's history file is not there: recovery finds no way from the one before. */
    HISTORY_MISSING,
    /** The content is not what the server wrote. */
    DAMAGED,
    /** The content is of another server. */
    FOREIGN,
    /** There is another file with the same name and another compression. */
    DUPLICATE
  }

  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
