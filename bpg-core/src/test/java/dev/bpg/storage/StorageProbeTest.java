package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.internal.storage.btrfs.BtrfsStorage;
import dev.bpg.internal.storage.reflink.ReflinkStorage;
import dev.bpg.testing.RealStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StorageProbeTest {

  @Test
  void saysThatAFileSystemCannotAndLeavesNoTrace() throws IOException {
    Path folder = RealStorages.anywhere();
    try {
      String type = Files.getFileStore(folder).type();
      Assumptions.assumeTrue(type.matches("ext[234]|tmpfs|overlay"), "/var/tmp is on " + type);
      assertThat(ReflinkStorage.missing(folder).orElseThrow())
          .isEqualTo("the file system has no shared file contents");
      assertThat(BtrfsStorage.missing(folder).orElseThrow())
          .isEqualTo("the file system has no btrfs subvolumes");
      assertThat(folder).isEmptyDirectory();
    } finally {
      FolderRemoval.remove(folder);
    }
  }

  @Test
  void btrfsStorageDoesNotWorkOnXfs() throws IOException {
    Path folder = RealStorages.onXfs();
    try {
      assertThat(BtrfsStorage.missing(folder)).isPresent();
      assertThat(folder).isEmptyDirectory();
    } finally {
      FolderRemoval.remove(folder);
    }
  }
}
