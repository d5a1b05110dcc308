package dev.bpg.internal.platform.zfs;

import java.util.Optional;

/**
 * The full name of a file system or volume of ZFS, such as {@code tank/bpg/main}; the first part is
 * the pool.
 *
 * @param value the name
 * @see <a
 *     href="https://openzfs.github.io/openzfs-docs/man/master/7/zfsconcepts.7.html">zfsconcepts(7),
 *     ZFS File System Hierarchy</a>
 */
public record DatasetName(String value) {

  /** The longest name, in characters; a snapshot's counts with its dataset's. */
  public static final int MAX_LENGTH = 255;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if ZFS would not take it; the message says why
   */
  public DatasetName {
    NameRules.checkLength(value);
    String[] parts = value.split("/", -1);
    for (String part : parts) {
      NameRules.checkPart(value, part);
      if (part.equals(".") || part.equals("..")) {
        throw NameRules.bad(value, "\"" + part + "\" is no name");
      }
    }
  }

  /** The dataset of that name below this one. */
  public DatasetName child(String name) {
    return new DatasetName(value + "/" + name);
  }

  /** The dataset's snapshot of that name. */
  public SnapshotName snapshot(String name) {
    return new SnapshotName(this, name);
  }

  /** The dataset's bookmark of that name. */
  public BookmarkName bookmark(String name) {
    return new BookmarkName(this, name);
  }

  /** The dataset above; nothing for a pool's own. */
  public Optional<DatasetName> parent() {
    int slash = value.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(new DatasetName(value.substring(0, slash)));
  }

  /** The pool. */
  public String pool() {
    int slash = value.indexOf('/');
    return slash < 0 ? value : value.substring(0, slash);
  }

  /** The last part. */
  public String lastPart() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The full name. */
  @Override
  public String toString() {
    return value;
  }
}
