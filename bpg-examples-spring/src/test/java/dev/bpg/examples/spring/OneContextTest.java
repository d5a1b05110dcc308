package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.zaxxer.hikari.HikariDataSource;
import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One application and its pool serve several classes, and outlive all of their branches. */
@ExtendWith(OutputCaptureExtension.class)
class OneContextTest {

  private static final Set<String> BRANCHES = ConcurrentHashMap.newKeySet();
  private static @Nullable ConfigurableApplicationContext context;

  @Test
  void servesAllClassesAndClosesWithoutAComplaint(CapturedOutput output) {
    // The pool hands out what was in use so shortly before without a look at it.
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "600000");
    int before = ShopApplication.started();
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                selectClass(Each.class), selectClass(OfClass.class), selectClass(EachAgain.class))
            .execute();
    System.clearProperty("com.zaxxer.hikari.aliveBypassWindowMs");
    results.allEvents().assertStatistics(all -> all.failed(0));
    results.testEvents().assertStatistics(all -> all.succeeded(9));
    assertThat(BRANCHES).hasSize(7);
    assertThat(ShopApplication.started() - before).isEqualTo(1);

    // They were written to, so nobody gets them again. The context closes after them, as at the end
    // of a JVM.
    await().atMost(Duration.ofMinutes(1)).until(OneContextTest::branchesAreGone);
    HikariDataSource pool = context.getBean(HikariDataSource.class);
    context.close();
    assertThat(pool.isClosed()).isTrue();
    assertThat(output).doesNotContain("WARN", "ERROR", "outlived", "Exception");
  }

  private static boolean branchesAreGone() {
    return Databases.list().stream()
        .flatMap(database -> Branches.list(database.name()).stream())
        .noneMatch(branch -> BRANCHES.contains(branch.name()));
  }

  @SpringBootTest(properties = "spring.application.name=one-context")
  abstract static class Shared {

    @Autowired ConfigurableApplicationContext mine;
    @Autowired HikariDataSource pool;
    @Autowired JdbcClient jdbc;
    @Autowired Customers customers;

    /** Takes every connection of the pool, which the test before has just used. */
    final void useThemAll(Branch branch) throws SQLException {
      context = mine;
      BRANCHES.add(branch.name());
      List<Connection> all = new ArrayList<>();
      try {
        for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
          Connection connection = pool.getConnection();
          all.add(connection);
          try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO customers (name) VALUES ('" + i + "')");
          }
        }
      } finally {
        for (Connection connection : all) {
          connection.close();
        }
      }
      assertThat(customers.count()).isEqualTo(2 + all.size());
    }
  }

  @BranchedDatabase(value = "shop", flyway = "db/shop", scope = BranchScope.METHOD)
  @Timeout(20)
  static class Each extends Shared {

    @RepeatedTest(3)
    void hasTheTemplatesData(Branch branch) throws SQLException {
      useThemAll(branch);
    }
  }

  @BranchedDatabase(value = "shop", flyway = "db/shop")
  static class OfClass extends Shared {

    @RepeatedTest(3)
    void seesWhatTheTestsOfItsClassCommitted(Branch branch) {
      BRANCHES.add(branch.name());
      jdbc.sql("INSERT INTO orders (customer_id, cents) VALUES (1, 1)").update();
      assertThat(jdbc.sql("SELECT count(*) FROM customers").query(Long.class).single())
          .isEqualTo(2);
    }
  }

  static class EachAgain extends Each {}
}
