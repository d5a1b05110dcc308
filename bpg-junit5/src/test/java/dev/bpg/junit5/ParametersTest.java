package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.RefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @Test
  void everyKindComesFromTheSameBranch() {
    Fixtures.assertSucceeded(Fixtures.run(EveryKind.class), 1);
    assertThat(Fixtures.SEEN).hasSize(5).allMatch(Fixtures.SEEN.get(0)::equals);
  }

  @BranchedDatabase("api/main")
  static class EveryKind {
    EveryKind(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
    }

    @BeforeAll
    static void beforeAll(TemporaryBranch branch, DataSource dataSource) {
      Fixtures.see(branch);
    }

    @BeforeEach
    void beforeEach(Branch branch, @BranchUrl String url) {
      Fixtures.see(branch);
    }

    @Test
    void test(Branch branch, DataSource dataSource, Connection connection, @BranchUrl String url)
        throws SQLException {
      Fixtures.see(branch);
      assertThat(Fixtures.number(dataSource, "SELECT id FROM items")).isEqualTo(1);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
      assertThat(url).startsWith(branch.getJdbcUrl()).contains("user=postgres&password=");
      try (Connection plain = DriverManager.getConnection(url)) {
        assertThat(Fixtures.items(plain)).isEqualTo(1);
      }
    }

    @AfterEach
    void afterEach(Branch branch) {
      Fixtures.see(branch);
    }
  }

  @Test
  void connectionsAreClosedAfterTheirTest() {
    Fixtures.assertSucceeded(Fixtures.run(Connections.class), 2);
  }

  @BranchedDatabase("api/main")
  static class Connections {
    static final List<Connection> OF_TESTS = new ArrayList<>();
    static Connection ofClass;

    Connections(Connection connection) throws SQLException {
      assertEarlierOnesAreClosed();
      OF_TESTS.add(connection);
    }

    @BeforeAll
    static void beforeAll(Connection connection) {
      OF_TESTS.clear();
      ofClass = connection;
    }

    @BeforeEach
    void beforeEach(Connection connection) {
      OF_TESTS.add(connection);
    }

    @RepeatedTest(2)
    void test(Connection connection) throws SQLException {
      OF_TESTS.add(connection);
      assertThat(OF_TESTS).hasSize(3).doesNotHaveDuplicates().doesNotContain(ofClass);
      assertThat(connection.isClosed()).isFalse();
      assertThat(ofClass.isClosed()).isFalse();
    }

    @AfterAll
    static void afterAll() throws SQLException {
      assertEarlierOnesAreClosed();
    }

    private static void assertEarlierOnesAreClosed() throws SQLException {
      for (Connection connection : OF_TESTS) {
        assertThat(connection.isClosed()).isTrue();
      }
      OF_TESTS.clear();
    }
  }

  @Test
  void standBesideArgumentsOfParameterizedTests() {
    Fixtures.assertSucceeded(Fixtures.run(Parameterized.class), 2);
  }

  @BranchedDatabase("api/main")
  static class Parameterized {
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void test(String argument, Connection connection) throws SQLException {
      assertThat(Fixtures.items(connection)).isEqualTo(1);
    }
  }

  @Test
  void otherTypesAreLeftToJUnit() {
    assertThat(Fixtures.failure(Fixtures.run(OtherType.class)))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageContaining("No ParameterResolver registered for parameter");
  }

  @BranchedDatabase("api/main")
  static class OtherType {
    @Test
    void test(String notMarked) {}
  }

  @Test
  void refusesToMarkAnythingButAStringAsUrl() {
    assertThat(Fixtures.failure(Fixtures.run(UrlOfWrongType.class)))
        .hasRootCauseInstanceOf(RefusedException.class)
        .hasRootCauseMessage(
            "cannot use @BranchUrl in dev.bpg.junit5.ParametersTest$UrlOfWrongType.test: a"
                + " parameter of type java.lang.Integer is marked, and the URL is a String\n"
                + "HINT: make it a String, or leave @BranchUrl out");
  }

  @BranchedDatabase("api/main")
  static class UrlOfWrongType {
    @Test
    void test(@BranchUrl Integer url) {}
  }
}
