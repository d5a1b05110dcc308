package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.model.SpaceUsage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a storage must do whose clones share data with their source. */
final class SharingContract {

  private SharingContract() {}

  static void clonesShareWhatNeitherHasWritten(StorageContract test) throws IOException {
    Path data = test.storage.createVolume(test.id);
    Files.write(data.resolve("large"), new byte[64 << 20]);

    Path clone = test.storage.cloneVolume(test.id, test.other);

    assertThat(test.storage.space(test.other)).isEqualTo(new SpaceUsage(0, 64 << 20));
    assertThat(test.storage.space(test.id)).isEqualTo(new SpaceUsage(0, 64 << 20));
    try (RandomAccessFile file = new RandomAccessFile(clone.resolve("large").toFile(), "rw")) {
      file.write(new byte[1 << 20]);
    }
    SpaceUsage written = test.storage.space(test.other);
    assertThat(written.referenced()).isEqualTo(64 << 20);
    assertThat(written.used()).isEqualTo(1 << 20);
  }
}
