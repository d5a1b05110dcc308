package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.zfs.MountHolder.Use;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MountsTest {

  private TestZfs test;
  private Mounts mounts;
  private DatasetName dataset;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    mounts = test.zfs().mounts();
    dataset = test.create("a");
    folder = test.mount(dataset);
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void areFoundByDatasetAndByFolder() throws IOException {
    assertThat(folder.toString()).contains(" ");
    assertThat(mounts.of(dataset)).containsExactly(folder);
    assertThat(mounts.at(folder)).contains(new Mount(dataset.value(), folder));
    assertThat(mounts.at(folder.getParent())).isEmpty();
    assertThat(mounts.all()).contains(new Mount(dataset.value(), folder));
    String options = Files.readString(Path.of("/proc/self/mounts"));
    assertThat(options)
        .contains(
            dataset
                + " "
                + folder.toString().replace(" ", "\\040")
                + " zfs rw,nosuid,nodev,noatime");
    mounts.unmount(folder);
    assertThat(mounts.of(dataset)).isEmpty();
    assertThat(mounts.at(folder)).isEmpty();
  }

  @Test
  void areWhereAPathHasACommaOrAnotherAlphabet() throws IOException {
    mounts.unmount(folder);
    Path odd = Files.createDirectories(folder.resolveSibling("a,ro,b\\c"));
    mounts.mount(dataset, odd);
    Files.writeString(odd.resolve("file"), "written");
    assertThat(mounts.of(dataset)).containsExactly(odd);
    mounts.unmount(odd);
    assertThat(odd.resolve("file")).doesNotExist();
  }

  @Test
  void areNotMadeTwice() {
    Errors.assertFails(
        Kind.BUSY,
        16,
        "cannot mount dataset "
            + dataset
            + " at "
            + folder
            + ": it is mounted there already, or being received into",
        () -> mounts.mount(dataset, folder));
  }

  @Test
  void areOfADatasetAndAtAFolder() throws IOException {
    DatasetName none = test.root().child("none");
    Path free = Files.createDirectory(folder.resolveSibling("free"));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot mount dataset " + none + " at " + free + ": there is no dataset " + none,
        () -> mounts.mount(none, free));
    Path missing = folder.resolveSibling("missing");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot mount dataset " + dataset + " at " + missing + ": there is no folder " + missing,
        () -> mounts.mount(dataset, missing));
    for (Path notMounted : List.of(free, missing, Path.of("/proc"))) {
      Errors.assertFails(
          Kind.NOT_FOUND,
          "cannot unmount " + notMounted + ": nothing of ZFS is mounted there",
          () -> mounts.unmount(notMounted));
    }
  }

  @Test
  void inUseNameTheProcessWithAnOpenFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    String own = "process " + ProcessHandle.current().pid() + " (java) has open " + file;
    try (InputStream open = Files.newInputStream(file)) {
      Errors.assertFails(
          Kind.BUSY, 16, "cannot unmount " + folder + ": " + own, () -> mounts.unmount(folder));
      Errors.assertFails(
          Kind.BUSY,
          16,
          "cannot destroy dataset " + dataset + ": " + own,
          () -> test.zfs().datasets().destroy(dataset));
      assertThat(open.read()).isEqualTo('x');
    }
  }

  @Test
  void inUseNameTheProcessThatWorksThere() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "600").directory(folder.toFile()).start();
    try {
      Errors.assertFails(
          Kind.BUSY,
          16,
          "cannot unmount " + folder + ": process " + process.pid() + " (sleep) works in " + folder,
          () -> mounts.unmount(folder));
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void inAnotherNamespaceNameTheProcessThatHasThem() throws Exception {
    Process process =
        new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sleep", "600")
            .start();
    try {
      org.awaitility.Awaitility.await()
          .until(
              () ->
                  process.info().commandLine().orElse("").contains("sleep 600")
                      && !process.info().command().orElse("").contains("unshare"));
      mounts.unmount(folder);
      assertThat(mounts.holders(dataset))
          .containsExactly(new MountHolder(process.pid(), "sleep", Use.MOUNTED, folder));
      Errors.assertFails(
          Kind.BUSY,
          16,
          "cannot destroy dataset "
              + dataset
              + ": process "
              + process.pid()
              + " (sleep) has it mounted at "
              + folder,
          () -> test.zfs().datasets().destroy(dataset));
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void needRightsThatThisProcessHas() throws ZfsException {
    assertThat(mounts.isPermitted()).isEqualTo("root".equals(System.getProperty("user.name")));
  }
}
