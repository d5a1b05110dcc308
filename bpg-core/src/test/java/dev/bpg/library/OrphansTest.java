package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.UnavailableException;
import dev.bpg.health.Orphan;
import dev.bpg.health.Orphan.Kind;
import dev.bpg.testing.Library;
import dev.bpg.testing.LiveFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OrphansTest extends EveryStorageContract {

  @Test
  void whatIsRecordedIsNoOrphan() {
    Branch branch = parent();
    branch.snapshot("kept");

    assertThat(orphans()).isEmpty();
    assertThat(bpg.removeOrphans()).noneMatch(orphan -> orphan.kind() != Kind.LOCK);
    assertThat(branch.isRunning()).isTrue();
  }

  @Test
  void aBranchWhoseRecordIsLostIsFoundAndRemovedWithItsRunningServer() throws Exception {
    Branch lost = bpg.from(Library.SHOP).named("lost").fast().create();
    loseRecord("lost");

    List<Orphan> found = orphans();
    assertThat(found)
        .allMatch(orphan -> orphan.id().equals(lost.id()))
        .extracting(Orphan::kind)
        .contains(Kind.SERVER, Kind.VOLUME, Kind.SECRET);
    Orphan volume = found.stream().filter(o -> o.kind() == Kind.VOLUME).findFirst().orElseThrow();
    assertThat(volume.where()).contains(lost.id());
    assertThat(volume.bytes().orElseThrow()).isPositive();
    // Its server runs and writes, so its size may be another one by now.
    assertThat(orphans())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("bytes")
        .isEqualTo(found);
    assertThat(lost.isRunning()).isTrue();

    assertThat(bpg.removeOrphans())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("bytes")
        .containsAll(found);
    assertThat(bpg.orphans()).isEmpty();
    assertNothingChanged();
  }

  @Test
  void whatACrashOfTheMachineLeftOfTemporaryBranchesGoesAtTheNextOpening() throws Exception {
    Branch alive = bpg.from(Library.SHOP).fast().createTemporary();
    try (Bpg own = Bpg.open(library.config().build())) {
      TemporaryBranch lost = own.from(Library.SHOP).fast().createTemporary();
      lost.mark("here");
      TemporaryBranch child = lost.branch().fast().createTemporary();
      loseRecord(lost.name().substring("shop/".length()));
      loseRecord(child.name().substring("shop/".length()));
      assertThat(orphans()).isNotEmpty();

      loseLease(lost.id());
      Bpg.open(library.config().build()).close();
      assertThat(orphans()).isEmpty();
      assertThat(bpg.listSnapshots()).isEmpty();
    }
    assertThat(alive.isRunning()).isTrue();
  }

  // What reserved an id is there, and not the lease that it was reserved for.
  private void loseLease(String id) throws IOException {
    for (Path file : LiveFolder.files(library.home().resolve("reservations"))) {
      if (Files.readString(file).contains(id)) {
        String name = file.getFileName().toString();
        Files.delete(
            library.home().resolve("leases").resolve(name.substring(0, name.indexOf('.'))));
      }
    }
  }

  @Test
  void whatBpgDidNotMakeIsNeverTouched() throws Exception {
    Path foreign = library.home().resolve("volumes").resolve("0123456789abcdef");
    Files.createDirectories(foreign.resolve("data"));
    Path file = Files.writeString(foreign.resolve("data/precious"), "mine");
    try {
      bpg.removeOrphans();
      assertThat(file).hasContent("mine");
    } finally {
      Library.delete(foreign);
    }
  }

  @Test
  void nothingIsTakenForAnOrphanWhileARecordCannotBeRead() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("dev").fast().create();
    Path record = library.home().resolve("catalog/shop/dev.json");
    byte[] whole = Files.readAllBytes(record);
    try {
      Files.writeString(record, "{");
      assertThatThrownBy(bpg::removeOrphans)
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith("cannot look for orphans: what is recorded in " + record);
    } finally {
      Files.write(record, whole);
    }
    assertThat(branch.isRunning()).isTrue();
  }

  @Test
  void whatIsBeingMadeAndDeletedByAnotherIsNeverTakenForAnOrphan() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Bpg other = Bpg.open(library.config().build())) {
      Thread maker =
          new Thread(
              () -> {
                for (int i = 0; i < 6; i++) {
                  other.from(Library.SHOP).fast().createTemporary().close();
                }
                done.set(true);
              });
      maker.start();
      while (!done.get() && maker.isAlive()) {
        assertThat(bpg.removeOrphans()).noneMatch(orphan -> orphan.kind() != Kind.LOCK);
      }
      maker.join();
      assertThat(done).isTrue();
    }
  }

  @Test
  void theVolumesOfAnotherHomeInTheSameFolderAreNoOrphans() throws Exception {
    Path volumes = library.home().resolveSibling("shared volumes");
    Path otherHome = library.home().resolveSibling("other");
    try (Bpg one = Bpg.open(library.config().storagePath(volumes).build());
        Bpg two =
            Bpg.open(
                Library.config(otherHome, storage(), library.cache())
                    .storagePath(volumes)
                    .build())) {
      Branch mine = one.createDatabase("mine").main();
      Branch theirs = two.createDatabase("theirs").main();

      assertThat(one.orphans()).noneMatch(orphan -> orphan.kind() == Kind.VOLUME);
      one.removeOrphans();
      assertThat(theirs.isRunning()).isTrue();
      assertThat(mine.isRunning()).isTrue();

      one.deleteDatabase("mine");
      two.deleteDatabase("theirs");
    }
  }

  @Test
  void theVolumesOfAHomeWhoseFolderAnotherOneUsesAreNoOrphans() throws Exception {
    Path volumes = library.home().resolve("volumes");
    Path otherHome = library.home().resolveSibling("intruder");
    try (Bpg intruder =
        Bpg.open(
            Library.config(otherHome, storage(), library.cache()).storagePath(volumes).build())) {
      assertThat(intruder.removeOrphans()).isEmpty();
    } finally {
      Library.delete(otherHome);
    }
    assertThat(library.shop().isRunning()).isTrue();
  }

  private void loseRecord(String branch) throws Exception {
    Path record = library.home().resolve("catalog/shop/" + branch + ".json");
    Files.deleteIfExists(record.resolveSibling(branch + ".previous.json"));
    Files.delete(record);
  }

  private List<Orphan> orphans() {
    return bpg.orphans().stream().filter(orphan -> orphan.kind() != Kind.LOCK).toList();
  }
}
