package dev.bpg.storage;

import static dev.bpg.testing.ZfsCommand.below;
import static dev.bpg.testing.ZfsCommand.unmountBelow;
import static dev.bpg.testing.ZfsCommand.zpool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.model.BranchId;
import dev.bpg.model.VolumeProperties;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.TestPool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to pools: each test has one of its own. */
class ZfsPoolTest {

  private final BranchId id = BranchId.random();
  private final BranchId other = BranchId.random();
  private TestPool pool;
  private Path folder;
  private Path root;
  private String dataset;
  private ZfsStorage storage;

  @BeforeEach
  void open() throws IOException {
    pool = TestPool.create();
    folder = RealStorages.mountingZfs();
    root = folder.resolve("volumes");
    dataset = pool.name() + "/with/parents";
    storage = new ZfsStorage(dataset, root);
    storage.createVolume(id);
  }

  @AfterEach
  void close() throws IOException {
    if (pool != null) {
      pool.close();
      FolderRemoval.remove(folder);
    }
  }

  @Test
  void aPoolThatIsExportedUnderUsIsUnavailableAndComesBackWithAllThatWasInIt() throws IOException {
    Files.writeString(storage.dataFolder(id).orElseThrow().resolve("a"), "a");
    unmountBelow(root);
    pool.export();

    String message = "there is no pool " + pool.name() + " here";
    assertThatThrownBy(() -> storage.dataFolder(id))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> storage.cloneVolume(id, other)).hasMessageContaining(message);
    assertThatThrownBy(() -> storage.deleteVolume(id)).hasMessageContaining(message);
    assertThatThrownBy(() -> storage.space(id)).hasMessageContaining(message);
    assertThat(root.toFile().list()).containsExactly(id.value());

    pool.bringBack();
    assertThat(storage.dataFolder(id).orElseThrow().resolve("a")).hasContent("a");
  }

  @Test
  void aReadOnlyPoolIsUnavailableForChangesAndLeavesNothing() {
    unmountBelow(root);
    pool.export();
    pool.bringBack("-o", "readonly=on");

    String hint = "\nHINT: import the pool " + pool.name() + " read-write";
    assertThatThrownBy(() -> storage.createVolume(other))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot create volume " + dataset + "/" + other + ": the pool is read-only" + hint);
    assertThatThrownBy(() -> storage.cloneVolume(id, other))
        .isInstanceOf(UnavailableException.class)
        .hasMessageEndingWith(hint);
    assertThat(storage.volumes()).containsExactly(id);
    assertThat(root.toFile().list()).containsExactly(id.value());
  }

  @Test
  void aFullPoolIsUnavailableAndIsRelievedByDeleting() throws IOException {
    // Where space is short ZFS waits for a transaction group with each record.
    Path data = storage.createVolume(other, VolumeProperties.none().withRecordSize(128 << 10));
    assertThatThrownBy(() -> fill(data.resolve("file")))
        .hasMessageContaining("No space left on device");

    BranchId target = BranchId.random();
    assertThatThrownBy(() -> storage.createVolume(target))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot create volume %s/%s: the pool has not enough space\n"
                + "HINT: free space in the pool %s, or delete branches",
            dataset, target, pool.name());
    assertThat(below(dataset)).containsExactlyInAnyOrder(id.value(), other.value());
    assertThat(root.toFile().list()).containsExactlyInAnyOrder(id.value(), other.value());

    storage.deleteVolume(other);
    assertThat(storage.volumes()).containsExactly(id);
    zpool("sync", pool.name());
    storage.createVolume(target);
  }

  private static void fill(Path file) throws IOException {
    byte[] content = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        random.nextBytes(content);
        out.write(content);
      }
    }
  }
}
