package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

class FieldsTest {

  @Test
  void everyKindIsSet() {
    Fixtures.assertSucceeded(Fixtures.run(EveryKind.class), 2);
  }

  static class Base {
    @FromBranch private Branch inherited;

    Branch inherited() {
      return inherited;
    }
  }

  @BranchedDatabase("api/main")
  static class EveryKind extends Base {
    @FromBranch private static Branch ofClass;
    @FromBranch private static Connection connectionOfClass;
    @BranchUrl static String urlOfClass;

    @FromBranch private TemporaryBranch temporary;
    @FromBranch DataSource dataSource;
    @FromBranch protected Connection connection;
    @BranchUrl String url;
    Branch notMarked;

    @BeforeAll
    static void beforeAll() throws SQLException {
      assertThat(Fixtures.items(connectionOfClass)).isEqualTo(1);
      assertThat(urlOfClass).startsWith(ofClass.getJdbcUrl());
    }

    @Test
    void test() throws SQLException {
      assertThat(inherited().name()).isEqualTo(ofClass.name()).isEqualTo(temporary.name());
      assertThat(Fixtures.number(dataSource, "SELECT id FROM items")).isEqualTo(1);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
      assertThat(url).isEqualTo(urlOfClass);
      assertThat(notMarked).isNull();
    }

    @Nested
    class Inner {
      @FromBranch Branch branch;

      @Test
      void test() throws SQLException {
        assertThat(branch.name()).isEqualTo(ofClass.name()).isEqualTo(temporary.name());
        assertThat(Fixtures.items(connection)).isEqualTo(1);
      }
    }
  }

  @Test
  void connectionsAreClosedAfterTheirTest() {
    Fixtures.assertSucceeded(Fixtures.run(EachTime.class), 2);
  }

  @BranchedDatabase("api/main")
  static class EachTime {
    static final List<Connection> EARLIER = new ArrayList<>();
    @FromBranch Connection connection;

    @RepeatedTest(2)
    void test() throws SQLException {
      for (Connection earlier : EARLIER) {
        assertThat(earlier.isClosed()).isTrue();
      }
      assertThat(connection.isClosed()).isFalse();
      EARLIER.add(connection);
    }
  }

  @Test
  void anInstanceOfAllTestsKeepsItsConnection() {
    Fixtures.assertSucceeded(Fixtures.run(OneInstance.class), 2);
  }

  @BranchedDatabase("api/main")
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    @FromBranch Connection connection;
    @FromBranch Branch branch;

    OneInstance(Branch branch) {
      Fixtures.see(branch);
    }

    @BeforeAll
    void beforeAll(Branch parameter) throws SQLException {
      assertThat(parameter.name()).isEqualTo(branch.name()).isEqualTo(Fixtures.SEEN.get(0));
      Fixtures.addItem(connection, 2);
    }

    @RepeatedTest(2)
    void test() throws SQLException {
      assertThat(Fixtures.items(connection)).isEqualTo(2);
    }
  }

  @Test
  void refusesAFinalField() {
    assertThat(Fixtures.failure(Fixtures.run(FinalField.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot set the field dev.bpg.junit5.FieldsTest$FinalField.branch: it is final\n"
                + "HINT: make it not final");
  }

  @BranchedDatabase("api/main")
  static class FinalField {
    @FromBranch final Branch branch = null;

    @Test
    void test() {}
  }

  @Test
  void refusesATypeThatABranchHasNoValueOf() {
    assertThat(Fixtures.failure(Fixtures.run(OtherType.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot set the field dev.bpg.junit5.FieldsTest$OtherType.url: a branch has no value"
                + " of type java.lang.String\n"
                + "HINT: make it a Branch, a DataSource or a Connection, or mark a String"
                + " @BranchUrl");
  }

  @BranchedDatabase("api/main")
  static class OtherType {
    @FromBranch static String url;

    @Test
    void test() {}
  }
}
