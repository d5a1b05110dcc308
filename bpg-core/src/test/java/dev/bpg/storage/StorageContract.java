package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceUsage;
import dev.bpg.testing.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage must do. */
@Ability("Volumes are created, cloned, listed and deleted")
abstract class StorageContract {

  final BranchId id = BranchId.random();
  final BranchId other = BranchId.random();
  Path folder;
  Path root;
  Storage storage;

  abstract Path newFolder() throws IOException;

  abstract Storage storage(Path root);

  /** What the storage counts for a volume without files, in bytes, at most. */
  long emptyVolume() {
    return 0;
  }

  /** Has what was written counted. */
  void settle() throws IOException {
    // Most storages count what is written at once.
  }

  @BeforeEach
  void open() throws IOException {
    folder = newFolder();
    root = folder.resolve("with parents/volumes");
    storage = storage(root);
  }

  @AfterEach
  void deleteAll() throws IOException {
    if (folder != null) {
      storage.volumes().forEach(storage::deleteVolume);
      FolderRemoval.remove(folder);
    }
  }

  Path fill(BranchId volume) throws IOException {
    Path data = storage.createVolume(volume);
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    Files.createDirectories(data.resolve("base/1"));
    Files.write(data.resolve("base/1/1259"), bytes);
    Files.write(data.resolve("base/1/empty"), new byte[0]);
    Files.writeString(data.resolve("PG_VERSION"), "17\n");
    Files.setPosixFilePermissions(
        data.resolve("PG_VERSION"), PosixFilePermissions.fromString("r--rw-r-x"));
    Files.createSymbolicLink(data.resolve("link"), Path.of("base/1/1259"));
    Files.createSymbolicLink(data.resolve("dangling"), Path.of("/nowhere at all"));
    Files.createDirectory(data.resolve("closed"));
    Files.writeString(data.resolve("closed/file"), "x");
    Files.setPosixFilePermissions(
        data.resolve("closed"), PosixFilePermissions.fromString("r-xr-x---"));
    return data;
  }

  String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aNewVolumeIsAnEmptyPrivateFolderBelowOneThatServersCanPass() throws IOException {
    Path data = storage.createVolume(id);

    assertThat(data).isEqualTo(root.resolve(id.value()).resolve("data")).isEmptyDirectory();
    assertThat(mode(data)).isEqualTo("rwx------");
    String passable = Inodes.isRoot() ? "rwx--x--x" : "rwx------";
    assertThat(mode(data.getParent())).isEqualTo(passable);
    assertThat(mode(root)).isEqualTo(passable);
    assertThat(mode(root.getParent())).isEqualTo(passable);
    assertThat(storage.dataFolder(id)).contains(data);
    assertThat(storage.volumes()).containsExactly(id);
  }

  @Test
  void nothingIsListedBeforeTheFirstVolume() {
    assertThat(storage.volumes()).isEmpty();
    assertThat(storage.dataFolder(id)).isEmpty();
    storage.deleteVolume(id);
    assertThat(root).doesNotExist();
  }

  @Test
  void refusesAnIdThatIsTaken() throws IOException {
    Path data = fill(id);
    storage.createVolume(other);
    var before = Tree.of(data.getParent());

    assertThatThrownBy(() -> storage.createVolume(id))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot create volume %s: something is in its place\nHINT: use another id",
            data.getParent());
    assertThatThrownBy(() -> storage.cloneVolume(other, id))
        .isInstanceOf(AlreadyExistsException.class);
    assertThat(Tree.of(data.getParent())).isEqualTo(before);
  }

  @Test
  void aCloneHasEverythingWithOwnerModeAndTimes() throws IOException {
    Path data = fill(id);
    if (Inodes.isRoot()) {
      for (String entry : new String[] {"", "base", "base/1/1259", "base/1/empty", "link"}) {
        Inodes.setOwner(data.resolve(entry).toString(), 12345, 54321);
      }
    }
    Inodes.setMode(data.toString(), 0750);

    Path clone = storage.cloneVolume(id, other);

    assertThat(Tree.of(clone)).isEqualTo(Tree.of(data));
    assertThat(storage.volumes()).containsExactlyInAnyOrder(id, other);
  }

  @Test
  void aCloneAndItsSourceAreIsolated() throws IOException {
    Path data = fill(id);
    Path clone = storage.cloneVolume(id, other);
    Files.writeString(data.resolve("base/1/1259"), "source");
    Files.writeString(clone.resolve("base/1/empty"), "clone");
    assertThat(clone.resolve("base/1/1259")).hasSize(100_000);
    assertThat(data.resolve("base/1/empty")).isEmptyFile();

    storage.deleteVolume(id);
    assertThat(clone.resolve("base/1/1259")).hasSize(100_000);
    assertThat(storage.dataFolder(id)).isEmpty();
  }

  @Test
  void refusesToCloneWhatIsNotThere() {
    assertThatThrownBy(() -> storage.cloneVolume(id, other))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot clone volume %s: there is no such volume at %s\n"
                + "HINT: list the volumes and name one that exists",
            id, root.resolve(id.value()));
    assertThatThrownBy(() -> storage.space(id)).isInstanceOf(NotFoundException.class);
    assertThat(root).doesNotExist();
  }

  @Test
  void deletesWithoutFollowingLinks() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    Path data = fill(id);
    Files.createSymbolicLink(data.resolve("out"), outside);

    storage.deleteVolume(id);

    assertThat(root).isEmptyDirectory();
    assertThat(outside.resolve("kept")).hasContent("kept");
    storage.deleteVolume(id);
  }

  @Test
  void deletesAWorkFolderThatAKilledProcessLeftAndClonesNone() throws IOException {
    Path data = fill(id);
    Path work = Files.createDirectory(data.resolveSibling(Storage.WORK_FOLDER));
    Files.writeString(Files.createDirectory(work.resolve("dump")).resolve("toc.dat"), "rows");

    Path clone = storage.cloneVolume(id, other);
    storage.deleteVolume(id);

    assertThat(data.getParent()).doesNotExist();
    assertThat(clone.resolveSibling(Storage.WORK_FOLDER)).doesNotExist();
    assertThat(storage.volumes()).containsExactly(other);
  }

  @Test
  void ofTenThreadsThatWantOneIdExactlyOneGetsIt() {
    AtomicInteger won = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    var threads =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            storage(root).createVolume(id);
                            won.incrementAndGet();
                          } catch (AlreadyExistsException e) {
                            lost.incrementAndGet();
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    threads.forEach(StorageContract::join);
    assertThat(won).hasValue(1);
    assertThat(lost).hasValue(9);
    assertThat(storage.volumes()).containsExactly(id);
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsUnavailable() throws IOException {
    assumeTrue(!Inodes.isRoot(), "root may write everywhere");
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThatThrownBy(() -> storage.createVolume(id))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("permission denied (mkdir(");
    assertThat(root).isEmptyDirectory();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aFileInPlaceOfTheRootIsUnavailable() throws IOException {
    Files.createDirectories(root.getParent());
    Files.writeString(root, "a file");
    assertThatThrownBy(() -> storage.createVolume(id))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Not a directory");
    assertThat(root).hasContent("a file");
    Files.delete(root);
  }

  @Test
  void clonesThousandsOfFiles() throws IOException {
    Path data = storage.createVolume(id);
    for (int i = 0; i < 3000; i++) {
      Path sub = Files.createDirectories(data.resolve("d" + i % 50));
      Files.writeString(sub.resolve("f" + i), "content " + i);
    }
    assertThat(Tree.of(storage.cloneVolume(id, other))).isEqualTo(Tree.of(data));
    storage.deleteVolume(other);
    assertThat(root.resolve(other.value())).doesNotExist();
  }

  @Test
  @Ability("The space of each branch is counted")
  void countsSpace() throws IOException {
    Path data = storage.createVolume(id);
    SpaceUsage empty = storage.space(id);
    assertThat(empty.used()).isEqualTo(empty.referenced()).isLessThanOrEqualTo(emptyVolume());
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    Files.write(data.resolve("file"), content);
    settle();
    SpaceUsage space = storage.space(id);
    assertThat(space.used()).isEqualTo(space.referenced()).isBetween(1L << 20, 1L << 21);
  }
}
