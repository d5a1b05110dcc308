package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisteredExtensionTest {

  @Test
  void givesWhatTheAnnotationGives() {
    Fixtures.assertSucceeded(Fixtures.run(Static.class), 2);
    assertThatThrownBy(() -> Static.DB.branch())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot get the branch of api/main: no test class with this extension runs\n"
                + "HINT: ask in a test, or in a method such as @BeforeAll");
  }

  static class Static {
    @RegisterExtension
    static final BranchExtension DB =
        BranchExtension.from("api/main")
            .mode(BranchMode.CONSISTENT)
            .setting("work_mem", "7MB")
            .keep(KeepBranch.NEVER)
            .bpg(Bpg.shared())
            .build();

    @FromBranch Connection connection;
    @FromBranch static Branch ofClass;

    @BeforeAll
    static void beforeAll(Branch branch) {
      assertThat(DB.branch().name()).isEqualTo(branch.name()).isEqualTo(ofClass.name());
    }

    @Test
    void test(Branch branch) throws SQLException {
      assertThat(Fixtures.items(connection)).isEqualTo(1);
      assertThat(Fixtures.number(DB.dataSource(), "SELECT id FROM items")).isEqualTo(1);
      assertThat(branch.settings()).containsEntry("work_mem", "7MB");
      try (Connection plain = DriverManager.getConnection(DB.url())) {
        assertThat(Fixtures.items(plain)).isEqualTo(1);
      }
    }

    @Nested
    class Inner {
      @Test
      void test(Branch branch) {
        assertThat(DB.branch().name()).isEqualTo(branch.name()).isEqualTo(ofClass.name());
      }
    }
  }

  @Test
  void takesAFieldOfAnInstanceThatAllTestsShare() {
    Fixtures.assertSucceeded(Fixtures.run(OneInstance.class), 1);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    @RegisterExtension final BranchExtension db = BranchExtension.from("api/main").build();

    @Test
    void test(Branch branch) {
      assertThat(db.branch().name()).isEqualTo(branch.name());
    }
  }

  @Test
  void anInheritedFieldServesEachClassButNotItsAccessorsAtOnce() {
    meeting = new CountDownLatch(2);
    Fixtures.assertSucceeded(
        Fixtures.run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
            First.class,
            Second.class),
        2);
    assertThat(Fixtures.SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  private static volatile CountDownLatch meeting = new CountDownLatch(0);

  abstract static class Base {
    @RegisterExtension static final BranchExtension DB = BranchExtension.from("api/main").build();

    @Test
    void test(Branch branch) throws InterruptedException {
      Fixtures.see(branch);
      meet();
      assertThatThrownBy(DB::branch)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("several classes with this extension run: ")
          .hasMessageContaining(First.class.getName())
          .hasMessageContaining(Second.class.getName());
      second.countDown();
      assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static final CountDownLatch second = new CountDownLatch(2);

    private static void meet() throws InterruptedException {
      meeting.countDown();
      assertThat(meeting.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  static class First extends Base {}

  static class Second extends Base {}
}
