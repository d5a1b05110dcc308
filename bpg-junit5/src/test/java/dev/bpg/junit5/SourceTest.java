package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.DatabasePreparation;
import dev.bpg.Databases;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {

  @Test
  void aMissingSourceSaysHowToMakeIt() {
    assertThat(Fixtures.failure(Fixtures.run(Missing.class)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot branch missing/main: it does not exist\n"
                + "HINT: create it with Databases.create(\"missing\"), or add scripts or prepare to"
                + " the test");
  }

  @BranchedDatabase("missing/main")
  static class Missing {
    @Test
    void test() {}
  }

  @Test
  void aMissingSourceThatIsNotMainSaysHowToMakeIt() {
    assertThat(Fixtures.failure(Fixtures.run(MissingBranch.class)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageEndingWith(
            "HINT: create it with Branches.from(\"api/main\").named(\"dev\").create(), or name"
                + " another source");
  }

  @BranchedDatabase("api/dev")
  static class MissingBranch {
    @Test
    void test() {}
  }

  @Test
  void scriptsAndPreparationsMakeTheSourceOnce() {
    Fixtures.assertSucceeded(Fixtures.run(Scripted.class), 1);
    Branch main = Branches.get("scripted/main");
    Fixtures.assertSucceeded(Fixtures.run(Scripted.class), 1);
    assertThat(Branches.get("scripted/main").id()).isEqualTo(main.id());
    assertThat(main.settings()).containsKey("bpg.fingerprint").containsEntry("work_mem", "7MB");
  }

  @BranchedDatabase(
      value = "scripted/main",
      scripts = {"beside.sql", "/db/root.sql"},
      prepare = Preparation.class,
      settings = "work_mem = 7MB",
      version = 17)
  static class Scripted {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT id FROM beside")).isEqualTo(7);
      assertThat(Fixtures.number(connection, "SELECT id FROM at_root")).isEqualTo(8);
      assertThat(Fixtures.number(connection, "SELECT id FROM prepared")).isEqualTo(9);
    }
  }

  private static final class Preparation implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE prepared AS SELECT id + 1 AS id FROM at_root");
      }
    }
  }

  @Test
  void severalClassesAtOnceMakeTheSourceOnce() {
    Fixtures.assertSucceeded(
        Fixtures.run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
            Raced1.class,
            Raced2.class,
            Raced3.class,
            Raced4.class),
        4);
  }

  @BranchedDatabase(value = "raced/main", scripts = "beside.sql")
  static class Raced1 {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT id FROM beside")).isEqualTo(7);
    }
  }

  static class Raced2 extends Raced1 {}

  static class Raced3 extends Raced1 {}

  static class Raced4 extends Raced1 {}

  @TempDir static Path folder;

  @Test
  void changedScriptsMakeTheSourceAnewUnlessItHasBranches() throws IOException {
    Changing.value(1);
    Fixtures.assertSucceeded(Fixtures.run(Changing.class), 1);
    awaitNoBranches("changing");
    Changing.value(2);
    Fixtures.assertSucceeded(Fixtures.run(Changing.class), 1);

    Branch own = Branches.from("changing/main").named("own").create();
    awaitBranches("changing", "changing/own");
    Changing.value(3);
    String main = Branches.get("changing/main").id();
    assertThat(Fixtures.failure(Fixtures.run(Changing.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make database changing: it was made from other contents of "
                + folder.resolve("a script.sql")
                + ", and it has children: changing/own\n"
                + "HINT: wait until these are gone, or delete it with"
                + " Databases.delete(\"changing\")");
    assertThat(Branches.get("changing/main").id()).isEqualTo(main);
    own.delete();
  }

  private static void awaitNoBranches(String database) {
    awaitBranches(database);
  }

  private static void awaitBranches(String database, String... names) {
    await().untilAsserted(() -> assertThat(Fixtures.branches(database)).containsExactly(names));
  }

  static class Changing {
    private static int expected;

    @RegisterExtension
    static final BranchExtension DB =
        BranchExtension.from("changing/main")
            .scripts("file:" + folder.resolve("a script.sql"))
            .prepare(dataSource -> {})
            .build();

    static void value(int value) throws IOException {
      expected = value;
      Files.writeString(
          folder.resolve("a script.sql"), "CREATE TABLE t AS SELECT " + value + " AS v;");
    }

    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT v FROM t")).isEqualTo(expected);
    }
  }

  @Test
  void refusesToTakeADatabaseThatIsNotFromScriptsForOneThatIs() {
    assertThat(Fixtures.failure(Fixtures.run(NotScripted.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use database api: it was not made from scripts or prepare of a test\n"
                + "HINT: leave scripts and prepare out to use it as it is, or name another"
                + " database");
  }

  @BranchedDatabase(value = "api/main", scripts = "beside.sql")
  static class NotScripted {
    @Test
    void test() {}
  }

  @Test
  void scriptsMakeMainBranchesOnly() {
    assertThat(Fixtures.failure(Fixtures.run(NotMain.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make the source api/dev: scripts and prepare make a database, and so its main"
                + " branch only\nHINT: name api/main, or leave scripts and prepare out");
  }

  @BranchedDatabase(value = "api/dev", scripts = "beside.sql")
  static class NotMain {
    @Test
    void test() {}
  }

  @Test
  void aMissingScriptNamesThePlaces() {
    assertThat(Fixtures.failure(Fixtures.run(MissingScript.class)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot read the script none.sql: the class path has no /dev/bpg/junit5/none.sql and"
                + " no /none.sql\n"
                + "HINT: put it there, or begin it with file: and an absolute path");
    assertThat(Databases.list()).noneMatch(database -> database.name().equals("unmade"));
  }

  @BranchedDatabase(value = "unmade/main", scripts = "none.sql")
  static class MissingScript {
    @Test
    void test() {}
  }

  @Test
  void refusesARelativeFile() {
    assertThat(Fixtures.failure(Fixtures.run(RelativeFile.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read the script file:src/schema.sql: its path is relative, and tests run from"
                + " any folder\n"
                + "HINT: make the path absolute, or put the script on the class path");
  }

  @BranchedDatabase(value = "unmade/main", scripts = "file:src/schema.sql")
  static class RelativeFile {
    @Test
    void test() {}
  }

  @Test
  void aFailingPreparationLeavesNothing() {
    assertThat(Fixtures.failure(Fixtures.run(FailingPreparation.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not prepared");
    assertThat(Databases.list()).noneMatch(database -> database.name().equals("unmade"));
  }

  @Test
  void aFailingScriptIsNamedWithItsLine() {
    assertThat(Fixtures.failure(Fixtures.run(FailingScript.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run /db/root.sql:1: ERROR: relation \"beside\" does not exist\n"
                + "HINT: correct the script");
    assertThat(Databases.list()).noneMatch(database -> database.name().equals("unmade"));
  }

  @BranchedDatabase(value = "unmade/main", scripts = "/db/root.sql")
  static class FailingScript {
    @Test
    void test() {}
  }

  @BranchedDatabase(value = "unmade/main", prepare = Failing.class)
  static class FailingPreparation {
    @Test
    void test() {}
  }

  static final class Failing implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) {
      throw new IllegalStateException("not prepared");
    }
  }
}
