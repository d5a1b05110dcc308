package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.internal.storage.copy.CopyStorage;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@Subject("copy")
class CopyStorageTest extends OnlineCopyContract {

  @Override
  Path newFolder() throws IOException {
    return RealStorages.anywhere();
  }

  @Override
  OnlineCopyStorage storage(Path root) {
    return new CopyStorage(root);
  }

  @Test
  void worksWhereFilesCanBeWrittenAndProbesWithoutATrace() throws IOException {
    assertThat(CopyStorage.missing(root)).isEmpty();
    assertThat(folder).isEmptyDirectory();
    assertThat(CopyStorage.missing(Path.of("/proc/bpg"))).isPresent();
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    Path tiny = RealStorages.onTiny();
    Storage full = new CopyStorage(tiny);
    try {
      Path data = full.createVolume(id);
      long space = Files.getFileStore(tiny).getUsableSpace();
      Files.write(data.resolve("file"), new byte[(int) (space * 2 / 3)]);

      assertThatThrownBy(() -> full.cloneVolume(id, other))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "cannot clone volume %s: no space left (sendfile(", tiny.resolve(other.value()))
          .hasMessageEndingWith("\nHINT: free space on this file system or delete branches");
      assertThat(full.volumes()).containsExactly(id);
      assertThat(tiny.resolve(other.value())).doesNotExist();
    } finally {
      FolderRemoval.remove(tiny);
    }
  }
}
