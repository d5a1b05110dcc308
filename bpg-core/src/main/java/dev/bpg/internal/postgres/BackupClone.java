package dev.bpg.internal.postgres;

import dev.bpg.error.BusyException;
import dev.bpg.internal.platform.FileOwner;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.storage.OnlineCopyStorage;
import dev.bpg.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A clone made under the backup protocol, from any storage's copy of a server in use. */
public final class BackupClone {

  private static final String WAL = "pg_wal";

  private final BranchName parent;
  private final Storage storage;
  private final BranchId source;
  private final BranchId target;

  /** A clone of one volume of a storage into another. */
  public BackupClone(BranchName parent, Storage storage, BranchId source, BranchId target) {
    this.parent = parent;
    this.storage = storage;
    this.source = source;
    this.target = target;
  }

  /** Copies the data. To be called in backup mode. */
  public Path copy() {
    return storage instanceof OnlineCopyStorage online
        ? online.copyOnline(source, target, new ClusterCopyRules())
        : storage.cloneVolume(source, target);
  }

  /**
   * Makes the copy one that Postgres can recover: all WAL of its duration, then the label.
   *
   * @throws BusyException if the server recycled WAL that is needed
   */
  public void complete(Path from, Path data, BackupEnd end) throws IOException {
    for (String segment : end.walSegments()) {
      copySegment(from, data, segment);
    }
    if (!end.tablespaceMap().isEmpty()) {
      DataFolder.writeOwned(data, "tablespace_map", end.tablespaceMap());
    }
    // Last: without it the data would be taken for one that crashed, and recovered too little.
    DataFolder.writeOwned(data, "backup_label", end.label());
  }

  // A checkpoint may recycle a segment while it is copied: it is renamed first and overwritten
  // then, so a segment whose file is still there under its name afterwards was copied whole.
  private void copySegment(Path from, Path data, String segment) throws IOException {
    Path original = from.resolve(WAL).resolve(segment);
    Path copy = data.resolve(WAL).resolve(segment);
    try {
      Object before = Files.getAttribute(original, "unix:ino");
      if (storage instanceof OnlineCopyStorage online) {
        Files.deleteIfExists(copy);
        online.copyFile(source, target, Path.of(WAL, segment));
      } else {
        Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      FileOwner.copy(data, copy);
      if (before.equals(Files.getAttribute(original, "unix:ino"))) {
        return;
      }
    } catch (NoSuchFileException e) {
      throw recycled(segment, e);
    }
    throw recycled(segment, new IOException(original + " became another file"));
  }

  private BusyException recycled(String segment, IOException cause) {
    return new BusyException(
        "branch",
        parent.toString(),
        "its server recycled the WAL segment " + segment + " while its files were being copied",
        "give the parent the setting wal_keep_size, or branch it while it is stopped",
        cause);
  }
}
