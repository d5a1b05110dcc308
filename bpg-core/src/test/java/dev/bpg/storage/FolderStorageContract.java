package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every storage must do whose volumes are folders with a marker in them. */
abstract class FolderStorageContract extends StorageContract {

  @Test
  void deletesWhatAKilledProcessLeaves() throws IOException {
    storage.createVolume(other);
    Path volume = Files.createDirectory(root.resolve(id.value()));
    storage.deleteVolume(id); // killed before the marker
    assertThat(volume).doesNotExist();

    Files.createDirectory(volume);
    Files.createFile(volume.resolve("bpg-volume"));
    assertThat(storage.volumes()).contains(id);
    storage.deleteVolume(id); // killed, or without power, before the marker's content
    assertThat(volume).doesNotExist();

    Files.createDirectory(volume);
    Files.write(volume.resolve("bpg-volume"), new byte[29]);
    assertThat(storage.volumes()).contains(id);
    storage.deleteVolume(id); // without power, with blocks that were never written
    assertThat(volume).doesNotExist();

    fill(id);
    Files.delete(root.resolve(id.value()).resolve("data/PG_VERSION"));
    storage.deleteVolume(id); // killed within a deletion
    assertThat(volume).doesNotExist();
    assertThat(storage.volumes()).containsExactly(other);
  }

  @Test
  void refusesToDeleteWhatIsNotOurs() throws IOException {
    Path foreign = storage.createVolume(other).getParent().resolveSibling(id.value());
    Files.createDirectory(foreign);
    Files.writeString(foreign.resolve("precious"), "1");
    refusesToDelete(foreign, "it is not empty and does not carry this volume's marker");

    Files.copy(root.resolve(other.value()).resolve("bpg-volume"), foreign.resolve("bpg-volume"));
    refusesToDelete(foreign, "it is not empty and does not carry this volume's marker");

    Files.writeString(foreign.resolve("bpg-volume"), "format=1\nid=" + id + "\n");
    refusesToDelete(foreign, "it contains precious, which bpg did not make");
    Files.delete(foreign.resolve("precious"));
  }

  @Test
  void aLinkInPlaceOfAVolumeIsNotOurs() throws IOException {
    Path volume = fill(id).getParent();
    Path moved = Files.move(volume, folder.resolve("moved"));
    Files.createSymbolicLink(volume, moved);
    var before = Tree.of(moved);

    assertThat(storage.dataFolder(id)).isEmpty();
    assertThat(storage.volumes()).isEmpty();
    assertThatThrownBy(() -> storage.createVolume(id)).isInstanceOf(AlreadyExistsException.class);
    refusesToDelete(volume, "it is not a folder");
    assertThat(Tree.of(moved)).isEqualTo(before);
    Files.delete(volume);
    Files.move(moved, volume);
  }

  private void refusesToDelete(Path volume, String reason) throws IOException {
    var before = Tree.of(volume);
    assertThatThrownBy(() -> storage.deleteVolume(id))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot delete volume %s: %s\nHINT: move it away if you are sure that nobody needs it",
            volume, reason);
    assertThat(Tree.of(volume)).isEqualTo(before);
  }
}
