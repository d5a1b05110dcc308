package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.error.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTest {

  private static final Map<String, String> ON_FAILURE = Map.of("bpg.junit.keep", "on-failure");

  @ParameterizedTest
  @ValueSource(
      classes = {
        FailingMethod.class,
        FailingNested.class,
        FailingNestedBeforeAll.class,
        FailingNestedInstance.class,
        FailingNestedSource.class,
        FailingBeforeAll.class,
        FailingConstructor.class,
        FailingParameterized.class,
        FailingDynamic.class
      })
  void keepsTheBranchWhateverFails(Class<?> type) {
    Fixtures.run(ON_FAILURE, type);
    Branch kept = kept();
    assertThat(kept.isTemporary()).isFalse();
    kept.delete();
  }

  @Test
  void tellsOnceOfAKeptBranchWithoutItsPassword() throws SQLException {
    String printed = printed(() -> Fixtures.run(ON_FAILURE, FailingNested.class));
    Branch kept = kept();
    assertThat(printed)
        .containsOnlyOnce(
            String.join(
                System.lineSeparator(),
                "bpg: kept the branch of dev.bpg.junit5.KeepTest$FailingNested, which failed",
                "  branch     " + kept.name(),
                "  made of    api/main",
                "  JDBC URL   " + kept.getJdbcUrl(),
                "  psql       psql \"host=127.0.0.1 port="
                    + kept.getPort()
                    + " user=postgres dbname=postgres\"",
                "  user       postgres",
                "  password   Branches.get(\"" + kept.name() + "\").getPassword()",
                "  run again  mvn test -Dtest='dev.bpg.junit5.KeepTest$FailingNested'",
                "  unique id  [engine:junit-jupiter]/[class:dev.bpg.junit5.KeepTest$FailingNested]",
                "  delete     Branches.get(\"" + kept.name() + "\").delete()"))
        .doesNotContain(kept.getPassword());
    assertThat(Fixtures.number(kept.dataSource(), "SELECT count(*) FROM items")).isEqualTo(2);
    kept.delete();
  }

  @ParameterizedTest
  @ValueSource(classes = {Succeeding.class, Aborted.class})
  void deletesTheBranchIfNothingFails(Class<?> type) {
    Fixtures.run(ON_FAILURE, type);
    awaitGone();
  }

  @Test
  void deletesTheBranchOfAFailureByDefault() {
    Fixtures.run(FailingMethod.class);
    awaitGone();
  }

  @Test
  void theAnnotationBeatsTheParameter() {
    Fixtures.run(Map.of("bpg.junit.keep", "always"), Never.class);
    awaitGone();
    Fixtures.run(Map.of("bpg.junit.keep", "never"), Always.class);
    kept().delete();
  }

  @Test
  void refusesAnUnknownValue() {
    assertThat(Fixtures.failure(Fixtures.run(Map.of("bpg.junit.keep", "yes"), Succeeding.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the configuration parameter bpg.junit.keep: \"yes\" is not one of its"
                + " values\nHINT: use never, on-failure or always");
  }

  private static Branch kept() {
    return Branches.get(Fixtures.SEEN.get(0));
  }

  private static void awaitGone() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(Fixtures.branches("api")).doesNotContainAnyElementsOf(Fixtures.SEEN));
  }

  private static String printed(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @BranchedDatabase("api/main")
  abstract static class Seen {
    @BeforeAll
    static void see(Branch branch) {
      Fixtures.see(branch);
    }
  }

  static class Succeeding extends Seen {
    @Test
    void test() {}
  }

  static class Aborted extends Seen {
    @Test
    void test() {
      Assumptions.abort("not today");
    }

    @Nested
    class Inner {
      @BeforeAll
      static void abort() {
        Assumptions.abort("not today");
      }

      @Test
      void test() {}
    }
  }

  static class FailingMethod extends Seen {
    @Test
    void test() {
      throw new AssertionError("wanted");
    }
  }

  @BranchedDatabase(value = "api/main", keep = KeepBranch.NEVER)
  static class Never extends FailingMethod {}

  @BranchedDatabase(value = "api/main", keep = KeepBranch.ALWAYS)
  static class Always extends Succeeding {}

  static class FailingNested extends Seen {
    @Nested
    class Inner {
      @Test
      void test(Connection connection) throws SQLException {
        Fixtures.addItem(connection, 2);
        throw new AssertionError("wanted");
      }
    }
  }

  static class FailingNestedBeforeAll extends Seen {
    @Nested
    class Inner {
      @BeforeAll
      static void fail() {
        throw new AssertionError("wanted");
      }

      @Test
      void test() {}
    }
  }

  static class FailingNestedInstance extends Seen {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Inner {
      Inner() {
        throw new AssertionError("wanted");
      }

      @Test
      void test() {}
    }
  }

  static class FailingNestedSource extends Seen {
    @Nested
    @BranchedDatabase("missing/main")
    class Inner {
      @Test
      void test() {}
    }
  }

  static class FailingBeforeAll extends Seen {
    @BeforeAll
    static void fail() {
      throw new AssertionError("wanted");
    }

    @Test
    void test() {}
  }

  static class FailingConstructor extends Seen {
    FailingConstructor() {
      throw new AssertionError("wanted");
    }

    @Test
    void test() {}
  }

  static class FailingParameterized extends Seen {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void test(int number) {
      assertThat(number).isEqualTo(1);
    }
  }

  static class FailingDynamic extends Seen {
    @TestFactory
    Stream<DynamicTest> tests() {
      return Stream.of(
          DynamicTest.dynamicTest(
              "fails",
              () -> {
                throw new AssertionError("wanted");
              }));
    }
  }
}
