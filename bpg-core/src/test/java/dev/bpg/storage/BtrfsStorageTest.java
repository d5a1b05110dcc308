package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.testing.Ability;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@Subject("btrfs")
class BtrfsStorageTest extends FolderStorageContract {

  // Of the top of every subvolume; see linux/btrfs_tree.h.
  private static final long FIRST_FREE_OBJECTID = 256;
  private static final int BYTES = 32_000_000;

  @Override
  Path newFolder() throws IOException {
    return RealStorages.onBtrfs();
  }

  @Override
  Storage storage(Path root) {
    return new BtrfsStorage(root);
  }

  @Test
  void worksHereAndProbesWithoutATrace() {
    assertThat(BtrfsStorage.missing(root)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void dataFoldersAreSubvolumes() throws IOException {
    Path data = fill(id);
    Path clone = storage.cloneVolume(id, other);
    assertThat(Files.getAttribute(data, "unix:ino")).isEqualTo(FIRST_FREE_OBJECTID);
    assertThat(Files.getAttribute(clone, "unix:ino")).isEqualTo(FIRST_FREE_OBJECTID);
  }

  @Test
  @Ability("Clones share with their source what neither has written")
  void clonesShareWhatNeitherHasWritten() throws IOException {
    SharingContract.clonesShareWhatNeitherHasWritten(this);
  }

  // By itself btrfs does so every thirty seconds.
  @RepeatedTest(3)
  void whatWasDeletedIsFreedSoon() throws IOException {
    Path data = storage.createVolume(id);
    byte[] content = new byte[BYTES];
    new Random(1).nextBytes(content);
    Files.write(data.resolve("large"), content);
    FileSystemSync.sync(folder);
    long before = unallocated();
    storage.createVolume(other);
    storage.deleteVolume(other);
    storage.deleteVolume(id);
    await()
        .pollDelay(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              FileSystemSync.sync(folder);
              return unallocated() - before > BYTES / 2;
            });
  }

  private long unallocated() throws IOException {
    return Files.getFileStore(folder).getUnallocatedSpace();
  }
}
