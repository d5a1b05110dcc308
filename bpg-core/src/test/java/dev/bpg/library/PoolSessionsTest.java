package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.BranchPool;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.CloneScript;
import dev.bpg.testing.Library;
import dev.bpg.testing.TestStorage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The session that is open when a branch of a pool is taken. */
class PoolSessionsTest extends PoolContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String PROCESS = "SELECT pg_backend_pid()";
  private static final String OTHERS =
      """
      SELECT coalesce(min(pid), 0) FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
      """;

  private static final String COUNT = OTHERS.replace("coalesce(min(pid), 0)", "count(*)");

  @Override
  protected TestStorage storage() {
    return TestStorage.COPY;
  }

  @Test
  void theFirstConnectionIsOneThatWasOpen() throws Exception {
    TemporaryBranch branch = waiting();
    String open = theOneSeenFromOutside(branch);
    try (Connection first = branch.dataSource().getConnection();
        Connection second = branch.dataSource().getConnection()) {
      assertThat(query(first, PROCESS)).isEqualTo(open);
      assertThat(query(second, PROCESS)).isNotEqualTo(open);
    }
  }

  @Test
  void whoeverConnectsByHimselfIsAlone() throws Exception {
    TemporaryBranch byUrl = waiting();
    byUrl.getJdbcUrl();
    execute(byUrl, "CREATE DATABASE copied TEMPLATE postgres");
    TemporaryBranch byPort = waiting();
    byPort.getPort();
    execute(byPort, "CREATE DATABASE copied TEMPLATE postgres");
  }

  @Test
  void oneThatEndedIsNotHandedOut() throws Exception {
    TemporaryBranch restarted = waiting();
    restarted.restart();
    assertThat(query(restarted, "SELECT 1")).isEqualTo("1");

    TemporaryBranch ended = waiting();
    String end = "SELECT pg_terminate_backend(" + theOneSeenFromOutside(ended) + ", 5000)";
    execute(own.getBranch(ended.name()), end);
    assertThat(query(ended, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void itIsAsIfItWereNewThoughThePasswordWasToldInIt() throws Exception {
    TemporaryBranch branch = waiting();
    Connection open = branch.dataSource().getConnection();
    try (open) {
      assertThat(query(open, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(open.getAutoCommit()).isTrue();
    }
    String parents = own.getBranch(Library.SHOP).getPassword();
    assertThat(parents).isNotEqualTo(branch.getPassword());
    assertThatThrownBy(() -> branch.dataSource().getConnection("postgres", parents))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void thereIsOneThoughTheParentHasAnotherPasswordSince() throws Exception {
    Branch parent = own.from(Library.SHOP).named("rotated").create();
    parent.snapshot("before");
    parent.rotatePassword();
    pool = own.pool(own.from(parent.name()).snapshot("before"), LIMITS);
    TemporaryBranch branch = waiting();
    String open = theOneSeenFromOutside(branch);
    assertThat(query(branch, PROCESS)).isEqualTo(open);
    own.close();
    bpg.getBranch(parent.name()).forceDelete();
  }

  @Test
  void itHasWhatAScriptSetsAfterTheClone() throws Exception {
    Branch parent = own.from(Library.SHOP).named("scripted").create();
    parent.snapshot("ready");
    parent.runAfterClone(CloneScript.of("ALTER ROLE postgres SET work_mem = '7MB'"));
    pool = own.pool(own.from(parent.name()).snapshot("ready"), LIMITS);
    TemporaryBranch branch = waiting();
    String open = theOneSeenFromOutside(branch);
    try (Connection first = branch.dataSource().getConnection()) {
      assertThat(query(first, PROCESS)).isEqualTo(open);
      assertThat(query(first, "SHOW work_mem")).isEqualTo("7MB");
    }
    own.close();
    bpg.getBranch(parent.name()).forceDelete();
  }

  @Test
  void aServerThatIsToStopWhenIdleHasNone() throws Exception {
    TemporaryBranch told = waiting();
    told.idleStop(MINUTE);
    await().until(() -> seenFromOutside(told).equals("0"));

    // More than are started ahead, so that there is room for one that comes back.
    pool = own.pool(own.from(Library.SHOP).snapshot("ready").idleStop(MINUTE), LIMITS.withAhead(4));
    TemporaryBranch asked = waiting();
    // bpg's own may just be ending; one that is open for somebody would stay.
    await().until(() -> seenFromOutside(asked).equals("0"));

    asked.close();
    await().until(() -> new HomeFiles(library.home()).waiting().contains(asked.id()));
    String before = asked.id();
    for (String taken = ""; !taken.equals(before); ) {
      TemporaryBranch again = pool.take();
      await().until(() -> seenFromOutside(again).equals("0"));
      taken = again.id();
    }
  }

  @Test
  void whoeverTakesOneOfAnotherProcessFindsNobodyThere() throws Exception {
    pool.take();
    await().until(() -> !new HomeFiles(library.home()).waiting().isEmpty());
    List<String> waiting = new HomeFiles(library.home()).waiting();
    try (Bpg other = Bpg.open(library.config().build())) {
      BranchPool others =
          other.pool(other.from(Library.SHOP).snapshot("ready"), LIMITS.withAhead(0));
      TemporaryBranch taken = others.take();
      assertThat(waiting).contains(taken.id());
      // The session by which the others were ended may just be ending itself.
      await().until(() -> query(taken, OTHERS).equals("0"));
    }
  }

  // bpg's own may just be ending; one that is open for somebody stays.
  private String theOneSeenFromOutside(TemporaryBranch branch) throws SQLException {
    await().until(() -> query(own.getBranch(branch.name()), COUNT).equals("1"));
    return seenFromOutside(branch);
  }

  // Another handle on the branch has no session ahead.
  private String seenFromOutside(TemporaryBranch branch) throws SQLException {
    return query(own.getBranch(branch.name()), OTHERS);
  }
}
