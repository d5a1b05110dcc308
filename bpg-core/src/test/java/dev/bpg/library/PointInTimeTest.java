package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import dev.bpg.Snapshot;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.Lsn;
import dev.bpg.model.RecoveryProgress;
import dev.bpg.model.RecoveryWindow;
import dev.bpg.testing.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PointInTimeTest extends BothKindsContract {

  private Branch dev;

  @BeforeEach
  void makeAnArchivedBranch() throws Exception {
    dev = bpg.from(Library.SHOP).named("dev").fast().create();
    execute(dev, "CREATE TABLE log (n int)");
    dev.archive().enable();
  }

  /** Commits one row and says at which time, by the server's clock. */
  private Instant insert(int n) throws Exception {
    execute(dev, "INSERT INTO log VALUES (" + n + ")");
    return Instant.parse(
        query(
            dev,
            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
  }

  private static String rows(Branch branch) throws Exception {
    return query(branch, "SELECT string_agg(n::text, ' ' ORDER BY n) FROM log");
  }

  @Test
  void aTargetBetweenTwoInsertsGivesExactlyTheRowsBeforeIt() throws Exception {
    insert(1);
    Instant between = insert(2);
    insert(3);

    Branch then = bpg.from("shop/dev").at(between).create();

    assertThat(rows(then)).isEqualTo("1 2");
    assertThat(then.origin().method()).isEqualTo(CloneMethod.RECOVERY);
    assertThat(query(then, "SELECT pg_is_in_recovery()")).isEqualTo("f");
    execute(then, "INSERT INTO log VALUES (9)");
    assertThat(rows(then.restart())).isEqualTo("1 2 9");
    assertThat(rows(dev)).isEqualTo("1 2 3");
  }

  @Test
  void aTimeAfterTheLastTransactionOfAnIdleDatabaseIsReached() throws Exception {
    insert(1);
    Thread.sleep(20);

    assertThat(rows(bpg.from("shop/dev").at(Instant.now()).create())).isEqualTo("1");
  }

  @Test
  void aStoppedParentIsRecoveredToTimesBeforeAndAfterItsLastTransaction() throws Exception {
    Instant first = insert(1);
    insert(2);
    dev.stop();
    Instant end = Instant.now();

    assertThat(rows(bpg.from("shop/dev").at(first).create())).isEqualTo("1");
    assertThat(rows(bpg.from("shop/dev").at(end).create())).isEqualTo("1 2");
    assertThat(dev.isRunning()).isFalse();
  }

  @Test
  void positionsAndRestorePointsAreExact() throws Exception {
    insert(1);
    String lsn = query(dev, "SELECT pg_current_wal_insert_lsn()");
    insert(2);
    query(dev, "SELECT pg_create_restore_point('before the mistake')");
    insert(3);

    assertThat(rows(bpg.from("shop/dev").atLsn(lsn).create())).isEqualTo("1");
    assertThat(rows(bpg.from("shop/dev").atRestorePoint("before the mistake").create()))
        .isEqualTo("1 2");
    assertThatThrownBy(() -> bpg.from("shop/dev").atRestorePoint("never").create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot recover branch shop/dev: its archive has no restore point never\n"
                + "HINT: make one with pg_create_restore_point, or recover to a time");
  }

  @Test
  void aDatabaseCanBeArchivedFromItsBeginning() throws Exception {
    Branch main =
        bpg.newDatabase("kept").initialSql("CREATE TABLE log (n int)").archived().create().main();
    execute(main, "INSERT INTO log VALUES (1)");
    String lsn = query(main, "SELECT pg_current_wal_insert_lsn()");
    execute(main, "INSERT INTO log VALUES (2)");

    assertThat(rows(bpg.from("kept/main").atLsn(lsn).create())).isEqualTo("1");
    bpg.deleteDatabase("kept");
  }

  @Test
  void aDatabaseThatCannotBeArchivedIsNotMade() {
    assertThatThrownBy(
            () ->
                bpg.newDatabase("kept")
                    .setting("wal_level", "minimal")
                    .setting("max_wal_senders", "0")
                    .archived()
                    .create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("wal_level=minimal");
    assertThatThrownBy(() -> bpg.getDatabase("kept")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aListenerIsToldHowFarTheReplayIs() throws Exception {
    for (int i = 0; i < 5; i++) {
      insert(i);
      query(dev, "SELECT pg_switch_wal()");
    }
    String lsn = query(dev, "SELECT pg_current_wal_insert_lsn()");
    List<RecoveryProgress> told = new CopyOnWriteArrayList<>();

    Branch then =
        bpg.from("shop/dev")
            .atLsn(lsn)
            .onRecovery(
                progress -> {
                  told.add(progress);
                  throw new IllegalStateException("a listener that fails");
                })
            .create();

    assertThat(rows(then)).isEqualTo("0 1 2 3 4");
    assertThat(told)
        .isNotEmpty()
        .isSortedAccordingTo(Comparator.comparing(RecoveryProgress::replayed));
    RecoveryProgress last = told.get(told.size() - 1);
    assertThat(last.wanted()).contains(Lsn.parse(lsn));
    assertThat(last.start()).isLessThan(last.replayed());
    assertThat(last.replayed()).isLessThanOrEqualTo(Lsn.parse(lsn));
  }

  @Test
  void theNewestSnapshotBeforeTheTargetIsUsed() throws Exception {
    Instant early = insert(1);
    insert(2);
    Snapshot middle = dev.snapshot("middle");
    Instant late = insert(3);

    assertThat(bpg.from("shop/dev").at(late).create().origin().snapshot()).contains(middle.id());
    Branch before = bpg.from("shop/dev").at(early).create();
    assertThat(before.origin().snapshot()).contains(dev.snapshots().get(0).id());
    assertThat(rows(before)).isEqualTo("1");
  }

  @Test
  void whatWasRecoveredCanBeRecoveredInItsTurn() throws Exception {
    Instant one = insert(1);
    insert(2);
    Branch then = bpg.from("shop/dev").at(one).named("then").create();
    then.archive().enable();
    execute(then, "INSERT INTO log VALUES (10)");
    String lsn = query(then, "SELECT pg_current_wal_insert_lsn()");
    execute(then, "INSERT INTO log VALUES (11)");

    Branch again = bpg.from("shop/then").atLsn(lsn).create();

    assertThat(rows(again)).isEqualTo("1 10");
    assertThat(rows(then)).isEqualTo("1 10 11");
    assertThat(rows(dev)).isEqualTo("1 2");
  }

  @Test
  void theDelayAndTheTargetOfAStandbyThatItWasImportedFromDoNotCount() throws Exception {
    execute(dev, "ALTER SYSTEM SET recovery_min_apply_delay = '1d'");
    execute(dev, "ALTER SYSTEM SET recovery_target_xid = '700'");
    // The import takes targets away.
    execute(dev, "ALTER SYSTEM SET recovery_target_name = ''");
    dev.snapshot("with its settings");
    Instant one = insert(1);
    insert(2);

    assertThat(rows(bpg.from("shop/dev").at(one).create())).isEqualTo("1");
  }

  @Test
  void aTargetOutsideOfTheWindowIsRefusedWithTheWindowAndLeavesNothing() throws Exception {
    insert(1);
    RecoveryWindow window = dev.recoveryWindow().orElseThrow();
    List<String> before = names();

    assertThat(window.earliest()).isBefore(window.latest());
    Instant early = window.earliest().minusSeconds(1);
    assertThatThrownBy(() -> bpg.from("shop/dev").at(early).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot recover branch shop/dev: "
                + early.truncatedTo(java.time.temporal.ChronoUnit.MICROS)
                + " is before the first point that it can be recovered to\n"
                + "HINT: choose a time from "
                + window.earliest()
                + " to ");
    Instant future = Instant.now().plusSeconds(60);
    assertThatThrownBy(() -> bpg.from("shop/dev").at(future).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" is in the future\nHINT: choose a time from ");
    assertThatThrownBy(() -> bpg.from("shop/dev").at("1 day").create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" is before the first point");
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void aBranchWithoutAnArchiveSaysHowToGetOne() throws Exception {
    assertThatThrownBy(() -> bpg.from(Library.SHOP).at("1 min").create())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot recover branch shop/main: it has no archive of its WAL with a snapshot before"
                + " it\nHINT: turn archiving on with archive().enable() on the branch; from then on"
                + " it can be recovered");
    assertThatThrownBy(() -> library.shop().archive().info()).isInstanceOf(NotFoundException.class);
    assertThat(library.shop().recoveryWindow()).isEmpty();
  }

  @Test
  void aMissingSegmentIsFoundAndRefusedBeforeAnythingIsMade() throws Exception {
    insert(1);
    switchSegment();
    insert(2);
    switchSegment();
    Instant late = insert(3);
    bpg.from("shop/dev").at(late).create().delete();
    List<Path> segments = segments();
    Path missing = segments.get(segments.size() - 2);
    Files.delete(missing);

    assertThat(dev.archive().info().gaps()).hasSize(1);
    assertThat(dev.archive().verify()).hasSize(1);
    assertThat(dev.archive().verify().get(0).file())
        .isEqualTo(missing.getFileName().toString().substring(0, 24));
    List<String> before = names();
    assertThatThrownBy(() -> bpg.from("shop/dev").at(late).create())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its archive ends or has a gap at ");
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void cleanUpKeepsWhatTheOldestSnapshotNeeds() throws Exception {
    insert(1);
    switchSegment();
    insert(2);
    switchSegment();
    assertThat(dev.archive().dryRun().files()).doesNotContain(startSegment());
    Snapshot newer = dev.snapshot("newer");
    dev.snapshots().get(0).delete();
    awaitArchived(startSegment());

    List<String> going = dev.archive().dryRun().files();
    assertThat(going).isNotEmpty();
    assertThat(dev.archive().cleanUp().files()).isEqualTo(going);

    Instant now = insert(3);
    Branch then = bpg.from("shop/dev").at(now).create();
    assertThat(rows(then)).isEqualTo("1 2 3");
    assertThat(then.origin().snapshot()).contains(newer.id());
    assertThat(dev.archive().verify()).isEmpty();
  }

  @Test
  void theArchiveGoesWithItsBranch() throws Exception {
    insert(1);
    dev.delete();

    assertNothingChanged();
  }

  @Test
  void disablingAndEnablingAgainGoesOnFromANewSnapshot() throws Exception {
    insert(1);
    dev.archive().disable();
    insert(2);
    dev.archive().enable();
    Instant after = insert(3);
    insert(4);

    assertThat(rows(bpg.from("shop/dev").at(after).create())).isEqualTo("1 2 3");
  }

  // The segment in which the oldest snapshot begins; the clusters that bpg makes have small ones.
  private String startSegment() {
    Lsn start = Lsn.parse(dev.snapshots().get(0).origin().startLsn().orElseThrow());
    return new WalSegments(2 << 20).name(1, new WalSegments(2 << 20).numberAt(start));
  }

  // The server archives in order, and a snapshot does not wait for that.
  private void awaitArchived(String segment) {
    String query =
        "SELECT coalesce(last_archived_wal COLLATE \"C\" >= '%s', false) FROM pg_stat_archiver";
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> query(dev, query.formatted(segment)).equals("t"));
  }

  private void switchSegment() throws Exception {
    query(dev, "SELECT pg_switch_wal()");
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(library.home().resolve("archive").resolve(dev.id()))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}\\.gz"))
          .sorted()
          .toList();
    }
  }

  private List<String> names() {
    return bpg.listBranches().stream().map(Branch::name).toList();
  }

  @Test
  void aRecoveryThatTakesTooLongIsEndedAndLeavesNothing() throws Exception {
    Instant late = insert(1);
    List<String> before = names();
    assertThatThrownBy(
            () -> bpg.from("shop/dev").at(late).recoveryTimeout(Duration.ofMillis(1)).create())
        .isInstanceOf(StartFailedException.class);
    assertThat(names()).isEqualTo(before);
  }
}
