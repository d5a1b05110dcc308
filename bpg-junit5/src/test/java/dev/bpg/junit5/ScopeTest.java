package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class ScopeTest {

  @Test
  void classesDoNotSeeEachOther() {
    Fixtures.assertSucceeded(Fixtures.run(One.class, Two.class), 2);
    assertThat(Fixtures.SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  @BranchedDatabase("api/main")
  static class One {
    @Test
    void test(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
      Fixtures.addItem(connection, 2);
    }
  }

  static class Two extends One {}

  @Test
  void theBranchIsGoneAfterTheClass() {
    Fixtures.assertSucceeded(Fixtures.run(One.class), 1);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(Fixtures.branches("api")).doesNotContainAnyElementsOf(Fixtures.SEEN));
  }

  @Test
  void nestedClassesShareUnlessAnnotatedThemselves() {
    Fixtures.assertSucceeded(Fixtures.run(Outer.class), 4);
    List<String> seen = Fixtures.SEEN;
    assertThat(seen).filteredOn(s -> s.startsWith("outer ")).hasSize(2);
    assertThat(seen).filteredOn(s -> s.startsWith("own ")).hasSize(2);
    assertThat(seen.stream().map(s -> s.split(" ")[1]).distinct()).hasSize(2);
  }

  @BranchedDatabase("api/main")
  static class Outer {
    static String ofClass;
    @FromBranch Branch field;

    @BeforeAll
    static void beforeAll(Branch branch) {
      ofClass = branch.name();
    }

    // What the outer class declares is of its own branch, also around the tests of a nested class.
    @BeforeEach
    void beforeEach(Branch branch) {
      assertThat(branch.name()).isEqualTo(ofClass).isEqualTo(field.name());
    }

    @Test
    void test(Branch branch) {
      Fixtures.see("outer " + branch.name());
    }

    @Nested
    class Sharing {
      @Test
      void test(Branch branch) {
        Fixtures.see("outer " + branch.name());
      }
    }

    @Nested
    @BranchedDatabase("api/main")
    class Own {
      @FromBranch Branch own;

      @Test
      void test(Branch branch, Connection connection) throws SQLException {
        assertThat(own.name()).isEqualTo(branch.name()).isNotEqualTo(ofClass);
        Fixtures.addItem(connection, 3);
        Fixtures.see("own " + branch.name());
      }

      @Nested
      class SharingTheOwn {
        @Test
        void test(Branch branch) {
          Fixtures.see("own " + branch.name());
        }
      }
    }
  }

  @Test
  void aNestedClassCanHaveABranchWhereTheOuterHasNone() {
    Fixtures.assertSucceeded(Fixtures.run(OuterWithout.class), 2);
    assertThat(Fixtures.SEEN).hasSize(1);
  }

  static class OuterWithout {
    @Test
    void test() {}

    @Nested
    @BranchedDatabase("api/main")
    class Inner {
      @Test
      void test(Branch branch) {
        Fixtures.see(branch);
      }
    }
  }

  @Test
  void anotherAnnotationCanCarryIt() {
    Fixtures.assertSucceeded(Fixtures.run(WithMetaAnnotation.class), 1);
    assertThat(Fixtures.SEEN).hasSize(1);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @BranchedDatabase(value = "api/main", settings = "work_mem=7MB")
  @interface Api {}

  @Api
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class WithMetaAnnotation {
    @Test
    void test(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      assertThat(
              Fixtures.number(connection, "SELECT pg_size_bytes(current_setting('work_mem'))::int"))
          .isEqualTo(7 << 20);
    }
  }

  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "3");

  @Test
  void parallelClassesEachHaveTheirOwn() {
    meeting = new CountDownLatch(3);
    EngineExecutionResults results =
        Fixtures.run(PARALLEL, ParallelA.class, ParallelB.class, ParallelC.class);
    Fixtures.assertSucceeded(results, 6);
    assertThat(Fixtures.SEEN).hasSize(6);
    assertThat(Fixtures.SEEN.stream().distinct()).hasSize(3);
  }

  private static volatile CountDownLatch meeting = new CountDownLatch(0);

  @BranchedDatabase("api/main")
  static class ParallelA {
    @BeforeAll
    static void meet() throws InterruptedException {
      meeting.countDown();
      assertThat(meeting.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void one(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      Fixtures.addItem(connection, 4);
    }

    @Test
    void two(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      Fixtures.addItem(connection, 5);
    }
  }

  static class ParallelB extends ParallelA {}

  static class ParallelC extends ParallelA {}
}
