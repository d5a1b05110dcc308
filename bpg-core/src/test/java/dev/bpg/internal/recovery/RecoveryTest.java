package dev.bpg.internal.recovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.bpg.error.BusyException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.internal.plan.BranchRequest;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.testing.Faults;
import dev.bpg.testing.Faults.Death;
import dev.bpg.testing.Faults.Kind;
import dev.bpg.testing.Operation;
import dev.bpg.testing.Strays;
import dev.bpg.testing.WiredHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening does for processes that are gone; servers are files here. */
class RecoveryTest {

  @TempDir Path folder;
  private Strays strays;
  private WiredHome dead;

  @BeforeEach
  void makeParent() {
    strays = new Strays(folder);
    dead = WiredHome.ofFiles(folder, Faults.none());
    Operation.BRANCH.prepare(dead.engine(), CloneMethod.SNAPSHOT);
  }

  @Test
  void deletesBranchesThatExpiredWhileNobodyWasThere() throws Exception {
    branch(dead.engine(), "api/main", "expired", Optional.of(Duration.ofMinutes(1)), false);
    branch(dead.engine(), "api/main", "young", Optional.of(Duration.ofHours(2)), false);
    dead.abandon();
    Engine next = openAfterAnHour().engine();
    await().atMost(10, SECONDS).until(() -> names(next).equals(List.of("api/main", "api/young")));
    await().atMost(10, SECONDS).until(() -> strays.find().isEmpty());
  }

  @Test
  void keepsAnExpiredBranchThatHasChildren() throws Exception {
    branch(dead.engine(), "api/main", "expired", Optional.of(Duration.ofMinutes(1)), false);
    branch(dead.engine(), "api/expired", "child", Optional.empty(), false);
    branch(dead.engine(), "api/main", "expired-too", Optional.of(Duration.ofMinutes(2)), false);
    dead.abandon();
    WiredHome next = openAfterAnHour();
    await().atMost(10, SECONDS).until(() -> !names(next.engine()).contains("api/expired-too"));
    next.close();
    assertThat(names(next.engine())).containsExactly("api/child", "api/expired", "api/main");
  }

  @Test
  void deletesTemporaryBranchesWhoseLeaseDidNotSurviveTheMachine() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    dead.abandon();
    for (Path lease : list(folder.resolve("leases"))) {
      Files.delete(lease);
    }
    assertThat(names(open().engine())).containsExactly("api/main");
    assertThat(strays.find()).isEmpty();
  }

  @Test
  void removesTemporaryBranchesWhoseRecordsDidNotSurviveTheMachine() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    branch(dead.engine(), "api/main", "emptied", Optional.empty(), true);
    dead.abandon();
    for (Path record : list(folder.resolve("catalog/api"))) {
      switch (record.getFileName().toString()) {
        case "temporary.json", "temporary.previous.json" -> Files.delete(record);
        case "emptied.json" -> Files.write(record, new byte[0]);
        case "emptied.previous.json" -> Files.write(record, new byte[100]);
        default -> assertThat(record.getFileName().toString()).startsWith("main.");
      }
    }
    crash();
    assertThat(names(open().engine())).containsExactly("api/main");
    assertThat(strays.find()).isEmpty();
    assertThat(list(folder.resolve("reservations"))).isEmpty();
  }

  @Test
  void keepsWhatWasMadePermanentWhenTheMachineCrashes() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    dead.engine().keep(dead.engine().branches().get(BranchName.parse("api/temporary")));
    dead.abandon();
    crash();
    assertThat(names(open().engine())).containsExactly("api/main", "api/temporary");
    assertThat(strays.find()).isEmpty();
  }

  @Test
  void removesNothingThatARecordWhichCannotBeReadMayName() throws Exception {
    branch(dead.engine(), "api/main", "kept", Optional.empty(), true);
    dead.engine().keep(dead.engine().branches().get(BranchName.parse("api/kept")));
    dead.abandon();
    crash();
    Path record = folder.resolve("catalog/api/kept.json");
    byte[] whole = Files.readAllBytes(record);
    Files.writeString(record, "{");
    open();
    assertThat(list(folder.resolve("volumes"))).hasSize(2);
    Files.write(record, whole);
    assertThat(names(open().engine())).containsExactly("api/kept", "api/main");
    assertThat(strays.find()).isEmpty();
    assertThat(list(folder.resolve("reservations"))).isEmpty();
  }

  @Test
  void aRecordOfAPermanentBranchThatIsEmptyIsDamagedAndStays() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    branch(dead.engine(), "api/main", "permanent", Optional.empty(), false);
    branch(dead.engine(), "api/main", "other", Optional.empty(), false);
    dead.abandon();
    crash();
    Path permanent = Files.write(folder.resolve("catalog/api/permanent.json"), new byte[0]);
    // As after a rename.
    Files.delete(folder.resolve("catalog/api/permanent.previous.json"));
    Path other = Files.write(folder.resolve("catalog/api/other.json"), new byte[0]);
    Files.writeString(folder.resolve("catalog/api/other.previous.json"), "{");
    assertThat(names(open().engine())).containsExactly("api/main");
    assertThat(permanent).exists();
    assertThat(other).exists();
    assertThat(list(folder.resolve("volumes"))).hasSize(3);
  }

  @Test
  void removesWhatNoListingShowsOfABranchWhoseRecordWasLost() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    dead.abandon();
    Path reservation = list(folder.resolve("reservations")).get(0);
    String unused = Files.readAllLines(reservation).get(50);
    Files.createFile(Files.createDirectories(folder.resolve("tls").resolve(unused)).resolve("key"));
    crash();
    open();
    assertThat(list(folder.resolve("tls"))).isEmpty();
    assertThat(list(folder.resolve("reservations"))).isEmpty();
  }

  @Test
  void whatADamagedReservationSaysKeepsNobodyOut() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    dead.abandon();
    crash();
    Path reservation = list(folder.resolve("reservations")).get(0);
    String[] lines = Files.readString(reservation).split("\n");
    lines[5] = "../../";
    Files.writeString(reservation, String.join("\n", lines));
    Files.write(folder.resolve("reservations/damaged.1"), new byte[] {(byte) 0xff});
    assertThat(names(open().engine())).containsExactly("api/main");
    assertThat(strays.find()).containsExactly("reservation damaged");
  }

  @Test
  void idsAreNotForgottenWhileAnythingIsLeftOfABranchThatCameToNothing() throws Exception {
    Faults faults = new Faults(Kind.FAIL_FROM_HERE, 1);
    faults.onlyAt("before cloneVolume", "before deleteVolume");
    WiredHome failing = WiredHome.ofFiles(folder, faults);
    faults.arm();
    assertThatThrownBy(() -> branch(failing.engine(), "api/main", "failed", Optional.empty(), true))
        .isInstanceOf(UnavailableException.class);
    faults.disarm();
    failing.close();
    assertThat(list(folder.resolve("catalog/api")))
        .contains(folder.resolve("catalog/api/failed.json"));
    assertThat(list(folder.resolve("reservations"))).hasSize(1);
    open();
    assertThat(strays.find()).isEmpty();
    assertThat(list(folder.resolve("reservations"))).isEmpty();
  }

  @Test
  void anInterruptedThreadEndsItInGoodOrderToo() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    BranchName name = BranchName.parse("api/temporary");
    dead.engine().deletions().temporary(dead.engine().branches().get(name));
    Thread.currentThread().interrupt();
    dead.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(list(folder.resolve("leases"))).isEmpty();
    assertThat(list(folder.resolve("reservations"))).isEmpty();
    assertThat(strays.find()).isEmpty();
  }

  @Test
  void whatAnotherProcessTookOverIsFoundByTheIdsOfWhoMadeIt() throws Exception {
    branch(dead.engine(), "api/main", "taken", Optional.empty(), true);
    WiredHome taker = WiredHome.ofFiles(folder, Faults.none());
    BranchRecord taken = dead.engine().branches().get(BranchName.parse("api/taken"));
    assertThat(taker.engine().adopt(taken, () -> true)).isPresent();
    dead.close();
    assertThat(names(open().engine())).containsExactly("api/main", "api/taken");
    assertThat(list(folder.resolve("reservations"))).hasSize(1);

    taker.abandon();
    Files.delete(folder.resolve("catalog/api/taken.json"));
    crash();
    open();
    assertThat(strays.find()).isEmpty();
    assertThat(list(folder.resolve("reservations"))).isEmpty();
  }

  @Test
  void whatWasKeptNeedsNoReservationAnyMore() throws Exception {
    branch(dead.engine(), "api/main", "kept", Optional.empty(), true);
    BranchName name = BranchName.parse("api/kept");
    String id = dead.engine().branches().get(name).id().value();
    Path reservation = list(folder.resolve("reservations")).get(0);
    assertThat(reservation).content().contains(id);
    dead.engine().keep(dead.engine().branches().get(name));
    assertThat(reservation).content().doesNotContain(id);
    assertThat(folder.resolve("catalog/api/kept.previous.json"))
        .content()
        .isEqualTo(Files.readString(folder.resolve("catalog/api/kept.json")));
  }

  // What the machine's next start finds where nothing waited for the disk.
  private void crash() throws IOException {
    for (Path lease : list(folder.resolve("leases"))) {
      Files.delete(lease);
    }
    assertThat(list(folder.resolve("reservations"))).isNotEmpty();
  }

  @Test
  void leavesTemporaryBranchesOfTheLivingAlone() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    assertThat(names(open().engine())).containsExactly("api/main", "api/temporary");
    dead.close();
    assertThat(strays.find()).isEmpty();
  }

  @Test
  void letsOthersTryAgainWhenItIsInterrupted() throws Exception {
    branch(dead.engine(), "api/main", "temporary", Optional.empty(), true);
    dead.abandon();
    WiredHome interrupted = WiredHome.ofFiles(folder, Faults.none());
    Thread.currentThread().interrupt();
    catchThrowable(interrupted::recover);
    Thread.interrupted();
    assertThat(names(open().engine())).containsExactly("api/main");
    assertThat(strays.find()).isEmpty();
  }

  @Test
  void sweepsPasswordsThatWereBeingWrittenLongAgo() throws Exception {
    Path old = Files.createFile(folder.resolve("secrets/.writing-old"));
    Path young = Files.createFile(folder.resolve("secrets/.writing-young"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3700)));
    open();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void anAbandonedChildDoesNotKeepItsParentFromBeingDeleted() throws Exception {
    branch(dead.engine(), "api/main", "parent", Optional.empty(), false);
    Faults faults = new Faults(Kind.DIE, 1);
    faults.onlyAt("after start");
    WiredHome dying = WiredHome.ofFiles(folder, faults);
    faults.arm();
    assertThatThrownBy(() -> branch(dying.engine(), "api/parent", "child", Optional.empty(), false))
        .isInstanceOf(Death.class);
    dead.engine()
        .deletions()
        .branch(dead.engine().branches().get(BranchName.parse("api/parent")), false);
    assertThat(names(dead.engine())).containsExactly("api/main");
    assertThat(strays.find()).isEmpty();
  }

  @Test
  void aLivingChildKeepsItsParentFromBeingDeleted() {
    branch(dead.engine(), "api/main", "parent", Optional.empty(), false);
    branch(dead.engine(), "api/parent", "child", Optional.empty(), false);
    BranchRecord parent = dead.engine().branches().get(BranchName.parse("api/parent"));
    assertThatThrownBy(() -> dead.engine().deletions().branch(parent, false))
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot delete branch api/parent: it has children: api/child\n"
                + "HINT: delete them first, or take all of them with forceDelete()");
  }

  private WiredHome open() throws Exception {
    return recovered(WiredHome.ofFiles(folder, Faults.none()));
  }

  private WiredHome openAfterAnHour() throws Exception {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    return recovered(WiredHome.ofFiles(folder, Faults.none(), later));
  }

  private static WiredHome recovered(WiredHome next) throws Exception {
    next.recover().forEach(next.engine()::watch);
    return next;
  }

  private static List<String> names(Engine engine) {
    return engine.branches().list().stream().map(record -> record.name().toString()).toList();
  }

  private static void branch(
      Engine engine, String parent, String name, Optional<Duration> expires, boolean temporary) {
    engine.createBranch(
        new BranchRequest(
            BranchName.parse(parent),
            Optional.empty(),
            Optional.empty(),
            Optional.of(name),
            BranchMode.FAST,
            expires,
            ServerSettings.none(),
            SpaceLimits.none(),
            temporary));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
