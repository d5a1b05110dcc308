package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.config.StorageType;
import dev.bpg.error.CancelledException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.testing.Ability;
import dev.bpg.testing.Library;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.ZfsCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A creation that fails leaves no volume, server, password, record or folder. */
@Ability("A creation that fails leaves nothing")
class FailedCreationTest extends EveryStorageContract {

  @Test
  void aServerThatDoesNotStartLeavesNothing() throws Exception {
    assertThatThrownBy(() -> bpg.from(Library.SHOP).setting("work_mem", "banana").create())
        .isInstanceOf(StartFailedException.class);

    assertNothingChanged();
    assertThat(query(library.shop(), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aScriptOrAPreparationThatFailsLeavesNothing() throws Exception {
    assertThatThrownBy(() -> bpg.newDatabase("api").initialSql("SELECT 1; SELECT 1/0").create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("division by zero");
    assertNothingChanged();

    IllegalStateException failure = new IllegalStateException("no data today");
    assertThatThrownBy(
            () ->
                bpg.newDatabase("api")
                    .prepare(
                        source -> {
                          throw failure;
                        })
                    .create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot prepare database api: its preparation failed:"
                + " java.lang.IllegalStateException: no data today\nHINT: correct ")
        .hasCause(failure);
    assertNothingChanged();
  }

  @Test
  void anInterruptBeforeTheCreationLeavesNothingAndStaysSet() throws Exception {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> bpg.from(Library.SHOP).create())
          .isInstanceOf(CancelledException.class)
          .hasMessage(
              "cannot branch shop/main: the thread was interrupted\n"
                  + "HINT: call it again if it is still wanted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertNothingChanged();
  }

  @Test
  void anInterruptAtAnyPointLeavesNothingAndStaysSet() throws Exception {
    for (int delay = 1; delay < 400; delay += 97) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      AtomicReference<Branch> made = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  made.set(bpg.from(Library.SHOP).create());
                } catch (RuntimeException e) {
                  failure.set(e);
                }
                flag.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      thread.join(delay);
      thread.interrupt();
      thread.join();

      if (made.get() != null) {
        made.get().delete();
      } else {
        assertThat(failure.get()).isInstanceOf(CancelledException.class);
        assertThat(flag.get()).isTrue();
      }
      assertNothingChanged();
    }
  }

  @Test
  void aMissingParentIsNotFound() throws Exception {
    assertThatThrownBy(() -> bpg.from("shop/nobody").create())
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot branch shop/nobody: it does not exist\n"
                + "HINT: list what exists with Branches.list()");
    assertThatThrownBy(() -> bpg.from("nobody/main").create())
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot branch nobody/main: it does not exist\n"
                + "HINT: create it with Databases.create(\"nobody\")");
    assertNothingChanged();
  }

  @Test
  void aParentWhoseVolumeIsGoneSaysSoAndCanStillBeDeleted() throws Exception {
    Branch parent = bpg.from(Library.SHOP).named("lost").fast().create().stop();
    takeAway(parent.id());
    assertThat(parent.status().reason()).isEqualTo("volume missing");
    assertThatThrownBy(() -> parent.branch().create())
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot branch shop/lost: its volume %s is missing on the storage %s\n"
                    .formatted(
                        parent.id(), storage.type().name().toLowerCase(java.util.Locale.ROOT))
                + "HINT: check storage.path in the configuration, or delete the branch");
    parent.delete();
    assertThatThrownBy(() -> bpg.getBranch("shop/lost")).isInstanceOf(NotFoundException.class);
    removeWhatWasTakenAway(parent.id());
    assertNothingChanged();
  }

  private void takeAway(String id) throws Exception {
    Path volume = volumes().resolve(id);
    if (storage.type() == StorageType.ZFS) {
      ZfsCommand.run("umount", volume.toString());
      ZfsCommand.zfs("rename", dataset(id), dataset(id) + "-away");
    } else {
      Files.move(volume, volumes().resolve("away"));
    }
  }

  private void removeWhatWasTakenAway(String id) throws Exception {
    if (storage.type() == StorageType.ZFS) {
      ZfsCommand.zfs("destroy", dataset(id) + "-away");
    } else {
      removeByHand(volumes().resolve("away"));
    }
  }

  private Path volumes() {
    return library.home().resolve("volumes");
  }

  private String dataset(String id) {
    return RealStorages.datasetOf(library.home()) + "/" + id;
  }

  private static void removeByHand(Path volume) throws Exception {
    Process rm = new ProcessBuilder("rm", "-rf", volume.toString()).inheritIO().start();
    assertThat(rm.waitFor()).isZero();
  }

  @Test
  void aParentWithoutItsVersionFileIsBroken() throws Exception {
    Branch parent = bpg.from(Library.SHOP).named("broken").fast().create().stop();
    Path data = library.home().resolve("volumes").resolve(parent.id()).resolve("data");
    Files.delete(data.resolve("PG_VERSION"));

    assertThatThrownBy(() -> parent.branch().create())
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot branch shop/broken: its data cannot be used: ")
        .hasMessageEndingWith("\nHINT: delete it, or put its data back");
    parent.delete();
    assertNothingChanged();
  }

  @Test
  void aTablespaceElsewhereIsRefusedByNameAndTheParentUntouched() throws Exception {
    Branch parent = bpg.from(Library.SHOP).named("spread").fast().create();
    Path elsewhere = dev.bpg.testing.RealStorages.anywhere();
    letServerUse(elsewhere, parent);
    try {
      execute(parent, "CREATE TABLESPACE far LOCATION '" + elsewhere + "'");
      execute(parent, "CREATE TABLE there TABLESPACE far AS SELECT 1 AS n");
      String oid = query(parent, "SELECT oid FROM pg_tablespace WHERE spcname = 'far'");

      assertThatThrownBy(() -> parent.branch().create())
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot branch shop/spread: its data folder has links that lead out of it, which a"
                  + " branch would share: [pg_tblspc/"
                  + oid
                  + "]\nHINT: move the tablespaces (or pg_wal) named here into the data folder");

      assertThat(query(parent, "SELECT n FROM there")).isEqualTo("1");
      execute(parent, "DROP TABLE there");
      execute(parent, "DROP TABLESPACE far");
      parent.branch().create();
    } finally {
      parent.forceDelete();
      removeByHand(elsewhere);
    }
    Awaitility.await().untilAsserted(this::assertNothingChanged);
  }

  // A server in a container has a file system of its own.
  private void letServerUse(Path folder, Branch branch) throws Exception {
    if (library.storage().isInDocker()) {
      execute(branch, "COPY (SELECT 1) TO PROGRAM 'mkdir -p \"" + folder + "\"'");
      return;
    }
    Path data = Path.of(query(branch, "SHOW data_directory"));
    Files.setOwner(folder, Files.getOwner(data));
  }
}
