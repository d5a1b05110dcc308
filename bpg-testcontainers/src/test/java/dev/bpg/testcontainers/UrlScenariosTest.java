package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.jdbc.ContainerDatabaseDriver;

/**
 * What Testcontainers' own tests do with {@code jdbc:tc:} URLs, done with {@code jdbc:tc:bpg:}.
 * Public, so that Testcontainers may call {@link #addNine}.
 */
public class UrlScenariosTest {

  private static final String URL = "jdbc:tc:bpg:17:///api/main";

  private final Bpg bpg = Bpg.shared();

  @BeforeEach
  void makeParent() {
    RealDocker.image(17);
    Api.in(bpg);
  }

  @AfterEach
  void nothingIsLeft() {
    ContainerDatabaseDriver.killContainers();
    Api.awaitNoBranches(bpg);
  }

  /** Called by its name. */
  public static void addNine(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO items VALUES (9)");
    }
  }

  @Test
  void aFunctionRunsBeforeTheFirstConnection() throws Exception {
    String url = URL + "?TC_INITFUNCTION=dev.bpg.testcontainers.UrlScenariosTest::addNine";
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(Api.column(connection, "SELECT id FROM items ORDER BY id"))
          .containsExactly("1", "9");
    }
  }

  @Test
  void connectionsOfOneUrlShareAContainerAsLongAsOneIsOpen() throws Exception {
    try (Connection one = DriverManager.getConnection(URL);
        Connection other = DriverManager.getConnection(URL)) {
      addNine(one);
      assertThat(Api.column(other, "SELECT id FROM items ORDER BY id")).containsExactly("1", "9");
      assertThat(Api.branches(bpg)).hasSize(1);
    }
    Api.awaitNoBranches(bpg);
    try (Connection fresh = DriverManager.getConnection(URL)) {
      assertThat(Api.column(fresh, "SELECT id FROM items")).containsExactly("1");
    }
  }

  @Test
  void urlsThatDifferHaveAContainerEach() throws Exception {
    try (Connection one = DriverManager.getConnection(URL);
        Connection other = DriverManager.getConnection(URL + "?ApplicationName=other")) {
      addNine(one);
      assertThat(Api.column(other, "SELECT id FROM items")).containsExactly("1");
      assertThat(Api.column(other, "SHOW application_name")).containsExactly("other");
      assertThat(Api.branches(bpg)).hasSize(2);
    }
  }

  @Test
  void aDaemonStaysWhenItsLastConnectionCloses() throws Exception {
    String url = URL + "?TC_DAEMON=true";
    try (Connection one = DriverManager.getConnection(url)) {
      addNine(one);
    }
    try (Connection again = DriverManager.getConnection(url)) {
      assertThat(Api.column(again, "SELECT id FROM items ORDER BY id")).containsExactly("1", "9");
    }
    ContainerDatabaseDriver.killContainer(url);
    Api.awaitNoBranches(bpg);
  }

  @Test
  void aScriptThatIsMissingIsNamed() {
    assertThatThrownBy(() -> DriverManager.getConnection(URL + "?TC_INITSCRIPT=nowhere.sql"))
        .hasStackTraceContaining("nowhere.sql");
  }
}
