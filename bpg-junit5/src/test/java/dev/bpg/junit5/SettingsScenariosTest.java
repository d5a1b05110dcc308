package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the neighbours' tests do with servers, users and connections, done with branches. */
class SettingsScenariosTest {

  @BeforeAll
  static void makeTheSource() {
    Fixtures.makeApi();
  }

  private static String shown(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  @Nested
  @BranchedDatabase(
      value = "api/main",
      settings = {"max_connections=8", "statement_timeout=1s", "work_mem=9MB"})
  class OfTheServer {

    @Test
    void areThoseOfTheAnnotation(Connection connection) throws SQLException {
      assertThat(shown(connection, "max_connections")).isEqualTo("8");
      assertThat(shown(connection, "work_mem")).isEqualTo("9MB");
      assertThat(Fixtures.items(connection)).isEqualTo(1);
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled(Connection connection) {
      assertThatThrownBy(() -> Fixtures.number(connection, "SELECT 1 FROM pg_sleep(30)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  /** On its own: sessions that were closed are there for a moment. */
  @Nested
  @BranchedDatabase(value = "api/main", settings = "max_connections=8")
  class OfAFullServer {

    @Test
    void aServerThatIsFullRefusesTheNext(Branch branch) throws SQLException {
      List<Connection> all = new ArrayList<>();
      try {
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 9; i++) {
                    all.add(branch.dataSource().getConnection());
                  }
                })
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
      } finally {
        for (Connection one : all) {
          one.close();
        }
      }
    }
  }

  @Nested
  @BranchedDatabase(value = "api/main", scope = BranchScope.METHOD)
  class OfAConnection {

    @Test
    void urlParametersCount(@BranchUrl String url) throws SQLException {
      String longer = url + "&ApplicationName=mine&currentSchema=pg_catalog&connectTimeout=5";
      try (Connection connection = DriverManager.getConnection(longer)) {
        assertThat(shown(connection, "application_name")).isEqualTo("mine");
        assertThat(connection.getSchema()).isEqualTo("pg_catalog");
      }
    }

    @Test
    void anotherUserHasTheRightsThatItIsGiven(Branch branch, Connection connection)
        throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE reader LOGIN PASSWORD 'se''cret'");
        statement.execute("GRANT SELECT ON items TO reader");
      }
      try (Connection reader =
          DriverManager.getConnection(branch.getJdbcUrl(), "reader", "se'cret")) {
        assertThat(Fixtures.items(reader)).isEqualTo(1);
        assertThatThrownBy(() -> Fixtures.addItem(reader, 2))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied for table items");
      }
    }

    @Test
    void severalSqlDatabasesAreMadeOnOneServer(Branch branch, Connection connection)
        throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE \"other shop\" TEMPLATE postgres");
      }
      String url = BranchValues.url(branch).replace("/postgres?", "/other%20shop?");
      try (Connection other = DriverManager.getConnection(url)) {
        Fixtures.addItem(other, 5);
        assertThat(Fixtures.items(other)).isEqualTo(2);
      }
      assertThat(Fixtures.items(connection)).isEqualTo(1);
    }

    @Test
    void aPoolWorksAsWithAnyServer(Branch branch) throws SQLException {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(branch.getJdbcUrl());
      config.setUsername(branch.getUsername());
      config.setPassword(branch.getPassword());
      config.setMaximumPoolSize(3);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        assertThat(Fixtures.number(pool, "SELECT count(*) FROM items")).isEqualTo(1);
      }
    }

    @Test
    void theServerIsFoundAgainAfterARestart(Branch branch, DataSource db) throws SQLException {
      Fixtures.number(db, "WITH new AS (INSERT INTO items VALUES (77) RETURNING 1) TABLE new");
      int port = branch.getPort();
      branch.restart();
      assertThat(branch.getPort()).isEqualTo(port);
      assertThat(Fixtures.number(db, "SELECT count(*) FROM items WHERE id = 77")).isEqualTo(1);
    }
  }
}
