package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodScopeTest {

  @Test
  void eachTestHasItsOwnWhateverItsKind() {
    Fixtures.assertSucceeded(Fixtures.run(OfEach.class), 8);
    assertThat(Fixtures.SEEN.stream().distinct()).hasSize(7);
  }

  @BranchedDatabase(value = "api/main", scope = BranchScope.METHOD)
  static class OfEach {
    @FromBranch DataSource field;
    private final String constructed;

    OfEach(Branch branch) {
      constructed = branch.name();
    }

    @BeforeEach
    void beforeEach(Connection connection, Branch branch) throws SQLException {
      assertThat(branch.name()).isEqualTo(constructed);
      assertThat(Fixtures.items(connection)).isEqualTo(1);
      Fixtures.addItem(connection, 2);
    }

    private void check(Branch branch) throws SQLException {
      Fixtures.see(branch);
      assertThat(Fixtures.number(field, "SELECT count(*) FROM items")).isEqualTo(2);
      assertThat(branch.name()).isEqualTo(constructed);
    }

    @Test
    void test(Branch branch) throws SQLException {
      check(branch);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int number, Branch branch) throws SQLException {
      check(branch);
    }

    @RepeatedTest(2)
    void repeated(Branch branch) throws SQLException {
      check(branch);
    }

    @TestFactory
    Stream<DynamicTest> dynamic(Branch branch) throws SQLException {
      check(branch);
      return Stream.of("a", "b").map(name -> DynamicTest.dynamicTest(name, () -> {}));
    }

    @Nested
    class Inner {
      @Test
      void nested(Branch branch) throws SQLException {
        check(branch);
      }
    }

    @AfterEach
    void afterEach(Branch branch) {
      assertThat(branch.isRunning()).isTrue();
    }
  }

  @Test
  void oneInstanceForAllTestsGetsItsFieldsBeforeEach() {
    Fixtures.assertSucceeded(Fixtures.run(OneInstance.class), 2);
    assertThat(Fixtures.SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  @BranchedDatabase(value = "api/main", scope = BranchScope.METHOD)
  @TestInstance(Lifecycle.PER_CLASS)
  static class OneInstance {
    @FromBranch Branch field;

    @Test
    void one(Branch branch) {
      assertThat(field.name()).isEqualTo(branch.name());
      Fixtures.see(branch);
    }

    @Test
    void two(Branch branch) {
      assertThat(field.name()).isEqualTo(branch.name());
      Fixtures.see(branch);
    }
  }

  @Test
  void theAnnotationOfAMethodIsForItAlone() {
    Fixtures.assertSucceeded(Fixtures.run(OneMethod.class), 3);
    assertThat(Fixtures.SEEN.get(0)).startsWith("class ");
    assertThat(Fixtures.SEEN.stream().distinct()).hasSize(2);
  }

  @BranchedDatabase("api/main")
  static class OneMethod {
    static String ofClass;

    @BeforeAll
    static void beforeAll(Branch branch) {
      ofClass = branch.name();
      Fixtures.see("class " + ofClass);
    }

    @Test
    void shares(Branch branch) {
      Fixtures.see("class " + branch.name());
    }

    @Test
    @BranchedDatabase(value = "api/main", settings = "work_mem=9MB")
    void ownSettings(Branch branch, Connection connection) throws SQLException {
      assertThat(branch.name()).isNotEqualTo(ofClass);
      assertThat(
              Fixtures.number(connection, "SELECT pg_size_bytes(current_setting('work_mem'))::int"))
          .isEqualTo(9 << 20);
      Fixtures.see("method");
    }

    @Test
    void sharesToo(Branch branch) {
      Fixtures.see("class " + branch.name());
    }
  }

  @Test
  void anExtensionOfAnInstanceGivesOfEachItsOwn() {
    Fixtures.assertSucceeded(Fixtures.run(OfInstance.class), 2);
    assertThat(Fixtures.SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  static class OfInstance {
    @RegisterExtension final BranchExtension db = BranchExtension.from("api/main").build();
    @FromBranch Branch field;

    @Test
    void one(Branch branch) {
      Fixtures.see(branch);
      assertThat(db.branch().name()).isEqualTo(branch.name()).isEqualTo(field.name());
    }

    @Test
    void two(Branch branch) {
      Fixtures.see(branch);
      assertThat(db.branch().name()).isEqualTo(branch.name());
    }
  }

  @Test
  void theParameterSetsTheScopeThatNobodySays() {
    Fixtures.assertSucceeded(
        Fixtures.run(Map.of("bpg.junit.scope", "method"), SaysNothing.class), 2);
    assertThat(Fixtures.SEEN).hasSize(2).doesNotHaveDuplicates();
    assertThat(Fixtures.failure(Fixtures.run(Map.of("bpg.junit.scope", "test"), SaysNothing.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the configuration parameter bpg.junit.scope: \"test\" is not one of its"
                + " values\nHINT: use class, method or session");
  }

  @BranchedDatabase("api/main")
  static class SaysNothing {
    @Test
    void one(Branch branch) {
      Fixtures.see(branch);
    }

    @Test
    void two(Branch branch) {
      Fixtures.see(branch);
    }
  }

  @Test
  void refusesABranchOfOfEachForAllOfThem() {
    assertThat(Fixtures.failure(Fixtures.run(ForAll.class)))
        .hasRootCauseInstanceOf(RefusedException.class)
        .rootCause()
        .hasMessage(
            "cannot use a branch of api/main in dev.bpg.junit5.MethodScopeTest$ForAll: each test has"
                + " one of its own, and this is for all of them\n"
                + "HINT: take it in the test or in @BeforeEach, or give it the scope CLASS");
  }

  @BranchedDatabase(value = "api/main", scope = BranchScope.METHOD)
  static class ForAll {
    @BeforeAll
    static void beforeAll(Branch branch) {}

    @Test
    void test() {}
  }

  @Test
  void aSessionSharesOneAmongClasses() {
    Fixtures.assertSucceeded(Fixtures.run(OfSession1.class, OfSession2.class), 2);
    assertThat(Fixtures.SEEN).hasSize(2);
    assertThat(Fixtures.SEEN.stream().distinct()).hasSize(1);
  }

  @BranchedDatabase(value = "api/main", scope = BranchScope.SESSION)
  static class OfSession1 {
    @Test
    void test(Branch branch) {
      Fixtures.see(branch);
    }
  }

  static class OfSession2 extends OfSession1 {}
}
