package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private static final int THREADS = 10;

  @Test
  void tenThreadsCloneOneParentAtOnceAndLeaveNothing() throws Exception {
    try (TestZfs test = TestZfs.make()) {
      Zfs zfs = test.zfs();
      DatasetName parent = test.create("parent");
      Path folder = test.mount(parent);
      Files.writeString(folder.resolve("file"), "of the parent");
      List<Callable<DatasetName>> clones = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        clones.add(() -> cloneAndDestroy(test, parent, "clone" + number));
      }
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        for (Future<DatasetName> clone : threads.invokeAll(clones)) {
          assertThat(zfs.datasets().exists(clone.get())).isFalse();
        }
      } finally {
        threads.shutdown();
      }
      assertThat(zfs.properties().snapshots(parent)).isEmpty();
      assertThat(zfs.properties().children(test.root())).containsExactly(parent);
    }
  }

  private static DatasetName cloneAndDestroy(TestZfs test, DatasetName parent, String name)
      throws IOException {
    Zfs zfs = test.zfs();
    SnapshotName snapshot = test.snapshot(parent, name);
    DatasetName clone = test.root().child(name);
    zfs.datasets().clone(snapshot, clone, TestZfs.unmounted());
    zfs.snapshots().destroy(snapshot, Needed.LATER);
    Path folder = test.mount(clone);
    assertThat(folder.resolve("file")).hasContent("of the parent");
    zfs.mounts().unmount(folder);
    zfs.datasets().destroy(clone);
    return clone;
  }
}
