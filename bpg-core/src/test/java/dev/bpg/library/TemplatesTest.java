package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.DatabaseBuilder;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.RefusedException;
import dev.bpg.model.CloneMethod;
import dev.bpg.model.CloneScript;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TemplatesTest extends BothKindsContract {

  private final AtomicInteger preparations = new AtomicInteger();

  private DatabaseBuilder items() {
    return bpg.newDatabase("items")
        .initialSql("CREATE DATABASE other; CREATE TABLE items AS SELECT 7 AS id;")
        .prepare(dataSource -> preparations.incrementAndGet());
  }

  @Test
  void isPreparedOnceAndItsServerIsStopped() throws Exception {
    Template template = items().template("v1");

    assertThat(template.name()).matches("items-[0-9a-f]{12}");
    assertThat(template).hasToString("template " + template.name());
    assertThat(template.database().main().isRunning()).isFalse();
    assertThat(template.snapshot().label()).hasValue(Template.SNAPSHOT);
    Template again = items().template("v1");
    assertThat(again.name()).isEqualTo(template.name());
    assertThat(again.snapshot().id()).isEqualTo(template.snapshot().id());
    assertThat(preparations).hasValue(1);
  }

  @Test
  void itsBranchesStartWithoutRecoveryAndHaveNothingToCleanUp() throws Exception {
    Template template = items().template("v1");

    try (TemporaryBranch branch = template.branch().createTemporary()) {
      assertThat(branch.origin().method()).isEqualTo(CloneMethod.STOPPED);
      assertThat(branch.parent()).hasValue(template.name() + "/main");
      assertThat(query(branch, "SELECT id FROM items")).isEqualTo("7");
      assertThat(query(branch, "SELECT relallvisible FROM pg_class WHERE relname = 'items'"))
          .isEqualTo("1");
      assertThat(query(branch, "SELECT reltuples FROM pg_class WHERE relname = 'items'"))
          .isEqualTo("1");
      assertThat(
              query(
                  branch,
                  "SELECT age(relfrozenxid) < age(items.xmin) FROM pg_class, items"
                      + " WHERE relname = 'items'"))
          .isEqualTo("t");
      assertThat(branch.lastLogLines(100))
          .noneMatch(line -> line.contains("recovery") || line.contains("redo"));
    }
  }

  @Test
  void whatIsDoneToItsDatabaseIsInNoBranch() throws Exception {
    Template template = items().template("v1");
    execute(template.database().main().start(), "DROP TABLE items");

    try (TemporaryBranch branch = items().template("v1").branch().createTemporary()) {
      assertThat(query(branch, "SELECT id FROM items")).isEqualTo("7");
    }
  }

  @Test
  void otherContentVersionOrSettingsMakeAnotherTemplateBesideIt() {
    List<String> names = new ArrayList<>();
    names.add(items().template("v1").name());
    names.add(items().template("v2").name());
    names.add(items().setting("work_mem", "7MB").template("v1").name());
    names.add(items().afterClone(CloneScript.of("SELECT 1")).template("v1").name());

    assertThat(names).doesNotHaveDuplicates();
    assertThat(preparations).hasValue(4);
  }

  @Test
  void tenThreadsAtOnceMakeOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      Callable<String> ask = () -> items().template("v1").snapshot().id();
      List<String> snapshots = new ArrayList<>();
      for (Future<String> asked :
          threads.invokeAll(java.util.Collections.nCopies(10, ask), 60, TimeUnit.SECONDS)) {
        snapshots.add(asked.get());
      }
      assertThat(snapshots).hasSize(10).containsOnly(snapshots.get(0));
    } finally {
      threads.shutdownNow();
    }
    assertThat(preparations).hasValue(1);
    assertThat(items().template("v1").database().main().snapshots()).hasSize(1);
  }

  @Test
  void aFailedPreparationLeavesNothing() throws Exception {
    assertThatThrownBy(() -> items().initialSql("broken.sql", "SELEKT 1").template("v1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run broken.sql:1: ERROR: syntax error at or near \"SELEKT\"\n"
                + "HINT: correct the script");
    assertNothingChanged();
  }

  @Test
  void aPreparationThatHangsIsGivenUpAndLeavesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                bpg.newDatabase("items")
                    .prepare(
                        dataSource -> {
                          try (Connection connection = dataSource.getConnection();
                              Statement statement = connection.createStatement()) {
                            statement.execute("SELECT pg_sleep(3600)");
                          }
                        })
                    .template("v1", Duration.ofMillis(500)))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "cannot make template items-[0-9a-f]{12}: its preparation was not done within PT0.5S\n"
                + "HINT: find out where it waits from the cause, or allow it more time")
        .hasStackTraceContaining("TemplatesTest.lambda");
    assertNothingChanged();
  }

  @Test
  void anInterruptLeavesNothing() throws Exception {
    Thread maker = Thread.currentThread();
    assertThatThrownBy(
            () ->
                items()
                    .prepare(
                        dataSource -> {
                          maker.interrupt();
                          TimeUnit.HOURS.sleep(1);
                        })
                    .template("v1"))
        .isInstanceOf(dev.bpg.error.CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertNothingChanged();
  }

  @Test
  void refusesWhatCannotBeATemplate() throws Exception {
    assertThatThrownBy(() -> bpg.newDatabase("x".repeat(51)).template("v1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make template "
                + "x".repeat(51)
                + ": its name is longer than 50 characters, and a hash is added to it\n"
                + "HINT: choose a shorter name");
    assertThatThrownBy(() -> items().archived().template("v1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot make template items: it would be archived, and its server never runs\n"
                + "HINT: leave archived() out, and enable the archive of its branches");
    assertNothingChanged();
  }

  @Test
  void refusesToTakeAnotherDatabaseOfItsNameForIt() {
    String name = items().template("v1").name();
    bpg.deleteDatabase(name);
    String id = bpg.createDatabase(name).main().id();

    assertThatThrownBy(() -> items().template("v1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use template "
                + name
                + ": there is a database of this name that is not this template\n"
                + "HINT: give one of the two another name");
    assertThat(bpg.getBranch(name + "/main").id()).isEqualTo(id);
  }
}
