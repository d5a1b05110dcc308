package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.error.NotFoundException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.JdbcDatabaseContainer;

/** The database {@code api}, with the number 1 in the table {@code items}. */
final class Api {

  private Api() {}

  /** Makes it in a home that may have it already. */
  static synchronized Database in(Bpg bpg) {
    try {
      return bpg.getDatabase("api");
    } catch (NotFoundException e) {
      return bpg.newDatabase("api")
          .version(17)
          .initialSql("CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1);")
          .create();
    }
  }

  /** The names of its branches but the main one. */
  static List<String> branches(Bpg bpg) {
    return bpg.listBranches("api").stream()
        .map(Branch::name)
        .filter(name -> !name.endsWith("/main"))
        .toList();
  }

  /** Waits until there is none: they are deleted off the path of who stops their containers. */
  static void awaitNoBranches(Bpg bpg) {
    await().atMost(Duration.ofSeconds(10)).until(() -> branches(bpg).isEmpty());
    assertThat(bpg.orphans()).isEmpty();
  }

  static List<String> items(JdbcDatabaseContainer<?> container) throws SQLException {
    try (Connection connection = container.createConnection("")) {
      return column(connection, "SELECT id FROM items ORDER BY id");
    }
  }

  static List<String> items(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection()) {
      return column(connection, "SELECT id FROM items ORDER BY id");
    }
  }

  static String value(JdbcDatabaseContainer<?> container, String query) throws SQLException {
    try (Connection connection = container.createConnection("")) {
      return column(connection, query).get(0);
    }
  }

  static void run(JdbcDatabaseContainer<?> container, String sql) throws SQLException {
    try (Connection connection = container.createConnection("");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<String> column(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
