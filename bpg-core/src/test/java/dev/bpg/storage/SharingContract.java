package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.model.SpaceUsage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** What a storage must do whose clones share data with their source. */
final class SharingContract {

  private static final int LARGE = 64 << 20;
  private static final int PART = 1 << 20;

  private SharingContract() {}

  static void clonesShareWhatNeitherHasWritten(StorageContract test) throws IOException {
    // What a file system counts for itself; random bytes, for some compress.
    long own = test.emptyVolume() * 4;
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    Path data = test.storage.createVolume(test.id);
    Files.write(data.resolve("large"), large);

    Path clone = test.storage.cloneVolume(test.id, test.other);

    test.settle();
    for (SpaceUsage space :
        new SpaceUsage[] {test.storage.space(test.id), test.storage.space(test.other)}) {
      assertThat(space.used()).isBetween(0L, own);
      assertThat(space.referenced()).isBetween((long) LARGE, LARGE + LARGE * own / PART);
    }
    try (RandomAccessFile file = new RandomAccessFile(clone.resolve("large").toFile(), "rw")) {
      file.write(large, 1, PART);
    }
    test.settle();
    SpaceUsage written = test.storage.space(test.other);
    assertThat(written.referenced()).isBetween((long) LARGE, LARGE + LARGE * own / PART);
    assertThat(written.used()).isBetween((long) PART, PART + own);
  }
}
