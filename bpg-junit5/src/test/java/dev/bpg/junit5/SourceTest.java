package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Database;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

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
  void scriptsAndPreparationsMakeATemplateOnce() {
    Fixtures.assertSucceeded(Fixtures.run(Scripted.class), 1);
    Database template = template("scripted");
    Fixtures.assertSucceeded(Fixtures.run(Scripted.class), 1);
    assertThat(template("scripted").main().id()).isEqualTo(template.main().id());
    assertThat(template.main().isRunning()).isFalse();
    assertThat(template.main().settings()).containsEntry("work_mem", "7MB");
  }

  private static Database template(String name) {
    List<Database> found = templates(name);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<Database> templates(String name) {
    return Databases.list().stream()
        .filter(database -> database.name().matches(name + "-[0-9a-f]{12}"))
        .toList();
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
  void severalClassesAtOnceMakeATemplateOnce() {
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
    assertThat(template("raced").main().snapshots()).hasSize(1);
  }

  @BranchedDatabase(value = "raced", scripts = "beside.sql")
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
  void changedScriptsMakeAnotherTemplateBesideTheOneBefore() throws IOException {
    Changing.value(1);
    Fixtures.assertSucceeded(Fixtures.run(Changing.class), 1);
    Database first = template("changing");
    Branch own = Branches.from(first.name() + "/main").named("own").create();

    Changing.value(2);
    Fixtures.assertSucceeded(Fixtures.run(Changing.class), 1);
    assertThat(templates("changing")).hasSize(2);

    Changing.value(1);
    Fixtures.assertSucceeded(Fixtures.run(Changing.class), 1);
    assertThat(templates("changing")).hasSize(2);
    assertThat(own.isRunning()).isTrue();
    own.delete();
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
  void aTemplateThatIsDeletedMeanwhileIsMadeAgain() {
    Fixtures.assertSucceeded(Fixtures.run(Deleting.class, AfterDeleting.class), 2);
  }

  @BranchedDatabase(value = "deleted", scripts = "beside.sql")
  static class Deleting {
    @Test
    void test() {
      template("deleted").delete();
    }
  }

  @BranchedDatabase(value = "deleted", scripts = "beside.sql")
  static class AfterDeleting extends Unnamed {}

  @Test
  void aTemplateNeedsNoName() {
    Fixtures.assertSucceeded(Fixtures.run(Unnamed.class), 1);
    assertThat(template("template").main().isRunning()).isFalse();
  }

  @BranchedDatabase(scripts = "beside.sql")
  static class Unnamed {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT id FROM beside")).isEqualTo(7);
    }
  }

  @Test
  void aTestThatNamesNoSourceIsTold() {
    assertThat(Fixtures.failure(Fixtures.run(Sourceless.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot give a branch to a test: it names no source\n"
                + "HINT: name one, such as api/main, or add scripts or prepare");
  }

  @BranchedDatabase
  static class Sourceless {
    @Test
    void test() {}
  }

  @Test
  void aSnapshotOfASourceIsBranched() throws SQLException {
    Fixtures.makeApi();
    Branch dev = Branches.from("api/main").named("snapped").create();
    dev.snapshot("before");
    try (Connection connection = dev.dataSource().getConnection()) {
      Fixtures.addItem(connection, 2);
    }

    Fixtures.assertSucceeded(Fixtures.run(Snapped.class), 1);
    assertThat(Fixtures.failure(Fixtures.run(NotSnapped.class)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot branch api/snapped: it has no snapshot after\n"
                + "HINT: list what it has with snapshots() on the branch");
    dev.forceDelete();
  }

  @BranchedDatabase(value = "api/snapped", snapshot = "before")
  static class Snapped {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.items(connection)).isEqualTo(1);
    }
  }

  @BranchedDatabase(value = "api/snapped", snapshot = "after")
  static class NotSnapped {
    @Test
    void test() {}
  }

  @Test
  void aTemplateHasNoOtherSnapshots() {
    assertThat(Fixtures.failure(Fixtures.run(SnappedTemplate.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use snapshot before of shop/main: it is made here, and has no snapshots of"
                + " yours\nHINT: leave the snapshot out, or what makes the source");
  }

  @BranchedDatabase(value = "shop", snapshot = "before", scripts = "beside.sql")
  static class SnappedTemplate {
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
    assertThat(Databases.list()).noneMatch(database -> database.name().startsWith("unmade"));
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
  void aFailedPreparationLeavesNothingAndIsNotTriedAgain() {
    Failing.tries = 0;
    EngineExecutionResults results =
        Fixtures.run(FailingPreparation.class, FailingPreparationToo.class);
    assertThat(Fixtures.failures(results))
        .hasSize(2)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(RefusedException.class)
                    .hasMessage(
                        "cannot prepare database unmade: its preparation failed:"
                            + " java.lang.IllegalStateException: not prepared\n"
                            + "HINT: correct dev.bpg.junit5.SourceTest$Failing and create the"
                            + " database again"));
    assertThat(Fixtures.failures(results).get(1)).hasCause(Fixtures.failures(results).get(0));
    assertThat(Failing.tries).isEqualTo(1);
    assertThat(Databases.list()).noneMatch(database -> database.name().startsWith("unmade"));

    Fixtures.run(FailingPreparation.class);
    assertThat(Failing.tries).isEqualTo(2);
  }

  @Test
  void aPreparationThatHangsIsGivenUp() {
    assertThat(
            Fixtures.failure(
                Fixtures.run(
                    Map.of("bpg.junit.preparation.timeout", "3s"), HangingPreparation.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "cannot make template unmade-[0-9a-f]{12}: its preparation was not done within"
                + " PT3S\nHINT: find out where it waits from the cause, or allow it more time")
        .hasStackTraceContaining("SourceTest$Hanging.prepare");
    assertThat(Databases.list()).noneMatch(database -> database.name().startsWith("unmade"));
  }

  @BranchedDatabase(value = "unmade", prepare = Hanging.class)
  static class HangingPreparation {
    @Test
    void test() {}
  }

  static final class Hanging implements DatabasePreparation {
    @Override
    public void prepare(DataSource dataSource) throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aFailingScriptIsNamedWithItsLine() {
    assertThat(Fixtures.failure(Fixtures.run(FailingScript.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run /db/root.sql:1: ERROR: relation \"beside\" does not exist\n"
                + "HINT: correct the script");
    assertThat(Databases.list()).noneMatch(database -> database.name().startsWith("unmade"));
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

  @BranchedDatabase(value = "unmade/main", prepare = Failing.class)
  static class FailingPreparationToo {
    @Test
    void test() {}
  }

  static final class Failing implements DatabasePreparation {
    private static int tries;

    @Override
    public void prepare(DataSource dataSource) {
      tries++;
      throw new IllegalStateException("not prepared");
    }
  }

  @Test
  void refusesTwoLambdasThatTheFileOfTheirClassDoesNotTellApart() {
    assertThat(Fixtures.failure(Fixtures.run(TwoLambdas.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make template lambdas: two of its preparations are lambdas of one class, and its"
                + " file is all that tells them apart\n"
                + "HINT: make each a class of its own, or name two databases");
  }

  static class TwoLambdas {
    @RegisterExtension
    static final BranchExtension ONE =
        BranchExtension.from("lambdas")
            .prepare(dataSource -> dataSource.getConnection().close())
            .build();

    @RegisterExtension
    static final BranchExtension OTHER =
        BranchExtension.from("lambdas").prepare(dataSource -> {}).build();

    @Test
    void test() {}
  }
}
