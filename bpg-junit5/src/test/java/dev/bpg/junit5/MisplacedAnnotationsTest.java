package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations where they mean nothing, and parameters that nobody has a value for. */
class MisplacedAnnotationsTest {

  @Test
  void aParameterOfAnotherTypeIsLeftToOthersThoughItIsMarked() {
    assertThat(Fixtures.failure(Fixtures.run(MarkedList.class)))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith("No ParameterResolver registered for parameter [java.util.List")
        .hasMessageContaining("MarkedList.test(");
  }

  @BranchedDatabase("api/main")
  static class MarkedList {
    @Test
    void test(@FromBranch List<?> list) {}
  }

  @Test
  void withoutADatabaseThereIsNoParameterOfIts() {
    assertThat(Fixtures.failure(Fixtures.run(NoDatabase.class)))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith("No ParameterResolver registered for parameter [javax.sql");
  }

  static class NoDatabase {
    @Test
    void test(@FromBranch DataSource db) {}
  }

  @ParameterizedTest
  @ValueSource(classes = {FieldWithoutADatabase.class, StaticFieldWithoutADatabase.class})
  void withoutADatabaseAMarkedFieldIsRefused(Class<?> type) {
    assertThat(Fixtures.failure(Fixtures.run(type)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot set the field "
                + type.getName()
                + ".db: no database is declared for its class\n"
                + "HINT: annotate the class with @BranchedDatabase, or register a BranchExtension");
    assertThat(Fixtures.SEEN).isEmpty();
  }

  static class FieldWithoutADatabase {
    @FromBranch private DataSource db;

    @Test
    void test() {
      Fixtures.see("the test");
    }
  }

  static class StaticFieldWithoutADatabase {
    @BranchUrl private static String db;

    @Test
    void test() {
      Fixtures.see("the test");
    }
  }

  @Test
  void anInterfaceGivesItsClassesABranchEach() {
    Fixtures.assertSucceeded(Fixtures.run(OneOfIt.class, OtherOfIt.class), 2);
    assertThat(Fixtures.SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  @BranchedDatabase("api/main")
  interface WithADatabase {
    @Test
    default void test(Branch branch, Connection connection) throws SQLException {
      Fixtures.see(branch);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
    }
  }

  static class OneOfIt implements WithADatabase {}

  static class OtherOfIt implements WithADatabase {}

  @Test
  void atAMethodThatIsNoTestItMeansNothing() {
    assertThat(Fixtures.failure(Fixtures.run(AtALifecycleMethod.class)))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith("No ParameterResolver registered for parameter [dev.bpg.Branch");
  }

  static class AtALifecycleMethod {
    @BeforeEach
    @BranchedDatabase("api/main")
    void before(Branch branch) {}

    @Test
    void test() {}
  }

  @Test
  void aRecordCanHaveOne() {
    Fixtures.assertSucceeded(Fixtures.run(OfARecord.class), 1);
  }

  @BranchedDatabase("api/main")
  record OfARecord(DataSource db) {
    @Test
    void test() throws SQLException {
      assertThat(Fixtures.number(db, "SELECT count(*) FROM items")).isEqualTo(1);
    }
  }
}
