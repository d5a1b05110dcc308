package dev.bpg.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.BusyException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.server.ServerState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchPlannerTest {

  private static final BranchId ID = new BranchId("0123456789abcdef");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private BranchRequest request = request(Optional.of("dev"), BranchMode.CONSISTENT, false);

  @ParameterizedTest
  @CsvSource({
    "RUNNING, true,  FAST,       SNAPSHOT",
    "RUNNING, true,  CONSISTENT, SNAPSHOT_IN_BACKUP",
    "RUNNING, false, FAST,       BACKUP",
    "RUNNING, false, CONSISTENT, BACKUP",
    "STOPPED, true,  FAST,       STOPPED",
    "STOPPED, true,  CONSISTENT, STOPPED",
    "STOPPED, false, FAST,       STOPPED",
    "STOPPED, false, CONSISTENT, STOPPED",
    "CRASHED, true,  FAST,       STOPPED",
    "CRASHED, false, CONSISTENT, STOPPED",
  })
  void takesTheDataAsParentStorageAndModeDemand(
      ServerState.Kind parent, boolean atomic, BranchMode mode, CloneMethod method) {
    request = request(Optional.of("dev"), mode, false);
    assertThat(plan(facts(parent, atomic, Map.of())).method()).isEqualTo(method);
  }

  @ParameterizedTest
  @CsvSource({"fsync, off", "fsync, no", "full_page_writes, off", "fsync, 0", "fsync, of"})
  void backsUpAParentWhoseFilesASnapshotCouldCatchHalfWritten(String setting, String value) {
    BranchFacts facts = facts(ServerState.Kind.RUNNING, true, Map.of(setting, value));
    assertThat(plan(facts).method()).isEqualTo(CloneMethod.BACKUP);
  }

  @Test
  void backsUpATemporaryParentBecauseItDoesNotFsync() {
    request = request(Optional.of("dev"), BranchMode.FAST, true);
    BranchFacts facts =
        new BranchFacts(
            state(ServerState.Kind.RUNNING), ServerSettings.none(), true, true, List.of(), ID, NOW);
    assertThat(plan(facts).method()).isEqualTo(CloneMethod.BACKUP);
  }

  @Test
  void namesABranchThatIsGivenNoName() {
    request = request(Optional.empty(), BranchMode.FAST, false);
    assertThat(plan(stopped()).name()).hasToString("api/branch-0123456789abcdef");
    request = request(Optional.empty(), BranchMode.FAST, true);
    assertThat(plan(stopped()).name()).hasToString("api/temp-0123456789abcdef");
  }

  @Test
  void countsTheTimeToLiveFromNow() {
    assertThat(plan(stopped()).expiresAt()).contains(NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void inheritsSettingsButNoneThatActInTheParentsName() {
    BranchFacts facts =
        facts(
            ServerState.Kind.STOPPED,
            false,
            Map.of(
                "work_mem", "8MB",
                "jit", "on",
                "archive_mode", "on",
                "archive_command", "cp %p /archive/%f",
                "max_logical_replication_workers", "4"));
    assertThat(plan(facts).settings().values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("work_mem", "8MB", "jit", "off"));
  }

  @Test
  void refusesAPermanentBranchOfATemporaryParent() {
    BranchFacts facts =
        new BranchFacts(
            state(ServerState.Kind.STOPPED), ServerSettings.none(), true, true, List.of(), ID, NOW);
    assertThatThrownBy(() -> plan(facts))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot branch api/main: it is temporary and would take a permanent branch of it away"
                + " with it\nHINT: use createTemporary(), or branch a permanent parent");
  }

  @Test
  void refusesADataFolderWithLinksThatLeadOut() {
    BranchFacts facts =
        new BranchFacts(
            state(ServerState.Kind.STOPPED),
            ServerSettings.none(),
            false,
            true,
            List.of(Path.of("pg_tblspc/16385")),
            ID,
            NOW);
    assertThatThrownBy(() -> plan(facts))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot branch api/main: its data folder has links")
        .hasMessageContaining("pg_tblspc/16385")
        .hasMessageContaining("\nHINT: ");
  }

  @Test
  void refusesAParentBetweenTwoStates() {
    assertThatThrownBy(() -> plan(facts(ServerState.Kind.STARTING, true, Map.of())))
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot branch api/main: its server is neither running nor stopped: because\n"
                + "HINT: wait until it has started, or stop it");
  }

  @Test
  void refusesABrokenParent() {
    assertThatThrownBy(() -> plan(facts(ServerState.Kind.BROKEN, true, Map.of())))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot branch api/main: its data cannot be used: because\n"
                + "HINT: delete it, or put its data back");
  }

  private BranchPlan plan(BranchFacts facts) {
    return BranchPlanner.plan(request, facts);
  }

  private static BranchRequest request(Optional<String> name, BranchMode mode, boolean temporary) {
    return new BranchRequest(
        BranchName.main("api"),
        Optional.empty(),
        Optional.empty(),
        name,
        mode,
        Optional.of(Duration.ofHours(1)),
        new ServerSettings(Map.of("jit", "off")),
        SpaceLimits.none(),
        temporary);
  }

  private static BranchFacts stopped() {
    return facts(ServerState.Kind.STOPPED, false, Map.of());
  }

  private static BranchFacts facts(
      ServerState.Kind parent, boolean atomic, Map<String, String> settings) {
    return new BranchFacts(
        state(parent), new ServerSettings(settings), false, atomic, List.of(), ID, NOW);
  }

  private static ServerState state(ServerState.Kind kind) {
    return new ServerState(kind, "because", Optional.empty());
  }
}
