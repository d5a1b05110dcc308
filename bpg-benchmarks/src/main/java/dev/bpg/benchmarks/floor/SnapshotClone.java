package dev.bpg.benchmarks.floor;

import dev.bpg.internal.platform.BtrfsSubvolumes;
import java.io.IOException;
import java.nio.file.Path;

/** One snapshot of a btrfs subvolume. */
public final class SnapshotClone implements RawClone {

  @Override
  public void make(Path source, Path target) throws IOException {
    BtrfsSubvolumes.snapshot(source, target.getParent(), target.getFileName().toString());
  }

  @Override
  public void delete(Path target) throws IOException {
    BtrfsSubvolumes.delete(target.getParent(), target.getFileName().toString());
  }
}
