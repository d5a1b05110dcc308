package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Schedule;
import dev.bpg.Snapshot;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.SnapshotRetention;
import dev.bpg.testing.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulesTest extends BothKindsContract {

  private static final String EVERY_NEW_YEAR = "0 0 1 1 *";

  private Branch dev;

  @BeforeEach
  void makeABranch() {
    dev = bpg.from(Library.SHOP).named("dev").fast().create();
  }

  @AfterEach
  void deleteSchedules() {
    // None where the storage is missing that this run is for.
    if (bpg != null) {
      bpg.listSchedules().forEach(Schedule::delete);
    }
  }

  private Schedule yearly(SnapshotRetention keep) {
    return bpg.newSchedule("yearly", "shop/dev")
        .cron(EVERY_NEW_YEAR)
        .zone(ZoneOffset.UTC)
        .fast()
        .keep(keep)
        .create();
  }

  /** Has it look as if nobody had opened the home for some years. */
  private void nobodyWasThere() throws IOException {
    Path file = library.home().resolve("schedules/all/yearly.json");
    String json = Files.readString(file);
    String since = "\"since\" : \"" + Instant.now().minus(Duration.ofDays(1200)) + "\"";
    Files.writeString(file, json.replaceAll("\"since\" : \"[^\"]*\"", since));
  }

  @Test
  void whatIsNotDueIsNotRun() {
    Schedule schedule = yearly(SnapshotRetention.everything());

    assertThat(bpg.runDueSchedules()).isEmpty();
    assertThat(schedule.nextRun()).isAfter(Instant.now());
    assertThat(schedule.lastSuccess()).isEmpty();
    assertThat(dev.snapshots()).isEmpty();
  }

  @Test
  void missedRunsAreMadeUpForOnce() throws Exception {
    yearly(SnapshotRetention.everything());
    nobodyWasThere();

    List<Snapshot> taken = bpg.runDueSchedules();

    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).schedule()).contains("yearly");
    assertThat(taken.get(0).label()).contains("yearly");
    assertThat(taken.get(0).branch()).isEqualTo("shop/dev");
    assertThat(bpg.runDueSchedules()).isEmpty();
    assertThat(bpg.getSchedule("yearly").lastSuccess()).isPresent();
    assertThat(dev.snapshots()).hasSize(1);
  }

  @Test
  void whoeverOpensTheHomeRunsWhatIsDueAndAScheduleSurvivesRestarts() throws Exception {
    yearly(SnapshotRetention.everything());
    nobodyWasThere();

    try (Bpg another = Bpg.open(library.config().build())) {
      assertThat(another.listSchedules()).extracting(Schedule::name).containsExactly("yearly");
      Awaitility.await().until(() -> another.getSchedule("yearly").lastSuccess().isPresent());
    }
    assertThat(dev.snapshots()).hasSize(1);
  }

  @Test
  void retentionTakesItsOwnAndNothingElse() throws Exception {
    dev.snapshot("by hand");
    yearly(SnapshotRetention.everything().keepLast(2));
    for (int i = 0; i < 3; i++) {
      nobodyWasThere();
      bpg.runDueSchedules();
    }

    assertThat(dev.snapshots())
        .extracting(snapshot -> snapshot.label().orElseThrow())
        .containsExactly("by hand", "yearly", "yearly");
  }

  @Test
  void aRunThatFailsIsRecordedAndTheScheduleGoesOn() throws Exception {
    yearly(SnapshotRetention.everything());
    dev.delete();
    nobodyWasThere();

    assertThat(bpg.runDueSchedules()).isEmpty();

    Schedule schedule = bpg.getSchedule("yearly");
    assertThat(schedule.lastFailure()).isPresent();
    assertThat(schedule.failureMessage())
        .contains(
            "cannot run schedule yearly: its branch does not exist any more\n"
                + "HINT: delete the schedule");
    assertThat(schedule.nextRun()).isAfter(Instant.now());
  }

  @Test
  void oneThatCannotBeRunKeepsNoOther() throws Exception {
    yearly(SnapshotRetention.everything());
    Schedule broken =
        bpg.newSchedule("a", "shop/dev").cron(EVERY_NEW_YEAR).zone(ZoneOffset.UTC).create();
    nobodyWasThere();
    Path file = library.home().resolve("schedules/all/a.json");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("\"since\" : \"[^\"]*\"", "\"since\" : \"2020-01-01T00:00:00Z\""));
    Path lock = library.home().resolve("locks/.schedules/a.lock");
    Files.deleteIfExists(lock);
    Files.createDirectories(lock);

    assertThatThrownBy(() -> bpg.runDueSchedules()).isInstanceOf(UnavailableException.class);

    assertThat(bpg.getSchedule("yearly").lastSuccess()).isPresent();
    Files.delete(lock);
    assertThat(bpg.runDueSchedules()).hasSize(1);
    broken.delete();
  }

  @Test
  void aScheduleFollowsItsBranchThroughARename() throws Exception {
    yearly(SnapshotRetention.everything());
    dev.rename("renamed");
    nobodyWasThere();

    assertThat(bpg.runDueSchedules()).extracting(Snapshot::branch).containsExactly("shop/renamed");
  }

  @Test
  void badSchedulesAreRefused() {
    yearly(SnapshotRetention.everything());

    assertThatThrownBy(() -> yearly(SnapshotRetention.everything()))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage(
            "cannot create schedule yearly: the name is taken\n"
                + "HINT: choose another name, or delete the other one first");
    assertThatThrownBy(() -> bpg.newSchedule("other", "shop/nobody").create())
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> bpg.newSchedule("other", "shop/dev").cron("0 0 30 2 *").create())
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> bpg.newSchedule("a/b", "shop/dev"))
        .isInstanceOf(RefusedException.class);
    assertThat(bpg.listSchedules()).hasSize(1);
    bpg.getSchedule("yearly").delete();
    assertThatThrownBy(() -> bpg.getSchedule("yearly"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot find schedule yearly: it does not exist\n"
                + "HINT: list what exists with listSchedules()");
  }
}
