package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfig;
import dev.bpg.error.BusyException;
import dev.bpg.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class LimitsTest {

  // What other tests gave back is deleted a moment later, and counts until then.
  @BeforeEach
  void awaitThatNothingLives() {
    Path slots = Path.of(System.getProperty("bpg.home"), "slots");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              try (Stream<Path> files = Files.list(slots)) {
                return files.allMatch(file -> file.getFileName().toString().startsWith("."));
              } catch (NoSuchFileException e) {
                return true;
              }
            });
  }

  @Test
  void noMoreBranchesLiveThanTheBound() {
    assertThat(
            Fixtures.failure(
                Fixtures.run(
                    Map.of("bpg.junit.maxBranches", "1", "bpg.junit.maxBranches.timeout", "50ms"),
                    TwoBranches.class)))
        .isInstanceOf(BusyException.class)
        .hasMessage(
            "cannot open a branch for dev.bpg.junit5.LimitsTest$TwoBranches$Inner: 1 branches of"
                + " pools live, and none went within PT0.05S\n"
                + "HINT: raise the configuration parameter bpg.junit.maxBranches");
    Fixtures.assertSucceeded(
        Fixtures.run(Map.of("bpg.junit.maxBranches", "2"), TwoBranches.class), 2);
  }

  @BranchedDatabase("api/main")
  static class TwoBranches {
    @Test
    void test() {}

    @Nested
    @BranchedDatabase("api/main")
    class Inner {
      @Test
      void test() {}
    }
  }

  @Test
  void whatEndsGivesItsPlaceToTheNext() {
    Fixtures.assertSucceeded(
        Fixtures.run(
            Map.of(
                "bpg.junit.maxBranches", "1",
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
            Next1.class,
            Next2.class,
            Next3.class,
            Next4.class),
        8);
  }

  @BranchedDatabase("api/main")
  static class Next1 {
    @Test
    void one(Branch branch) {}

    @Test
    void two(Branch branch) {}
  }

  static class Next2 extends Next1 {}

  static class Next3 extends Next1 {}

  static class Next4 extends Next1 {}

  @Test
  void whatThisMachineLacksFailsTheClass() {
    assertThat(Fixtures.failure(Fixtures.run(WithoutBinaries.class)))
        .isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(classes = {WithoutBinaries.class, OneInstanceWithoutBinaries.class})
  void whatThisMachineLacksAbortsTheClassOnDemand(Class<?> type) {
    EngineExecutionResults results =
        Fixtures.run(Map.of("bpg.junit.skipUnavailable", "true"), type);
    if (Boolean.parseBoolean(System.getenv("BPG_REQUIRE"))) {
      assertThat(Fixtures.failure(results)).isInstanceOf(UnavailableException.class);
    } else {
      results.containerEvents().assertStatistics(all -> all.aborted(1).failed(0));
    }
  }

  @AfterAll
  static void close() {
    WithoutBinaries.BPG.close();
  }

  static class WithoutBinaries {
    static final Path HOME = Path.of(System.getProperty("bpg.home")).resolveSibling("other home");
    static final Bpg BPG =
        Bpg.open(BpgConfig.builder().home(HOME).processBinaries(HOME.resolve("none")).build());

    @RegisterExtension
    static final BranchExtension DB =
        BranchExtension.from("api/main").scripts("beside.sql").bpg(BPG).build();

    @Test
    void test() {}
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstanceWithoutBinaries extends WithoutBinaries {
    OneInstanceWithoutBinaries(Branch branch) {}
  }
}
