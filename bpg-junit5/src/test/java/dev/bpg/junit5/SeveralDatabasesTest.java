package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.error.RefusedException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeveralDatabasesTest {

  @Test
  void aTestHasSeveralByName() {
    Fixtures.assertSucceeded(Fixtures.run(Two.class), 3);
    assertThat(Fixtures.SEEN.stream().distinct()).hasSize(3);
  }

  @BranchedDatabase(value = "api/main", name = "orders")
  @BranchedDatabase(value = "api/main", name = "bills", settings = "work_mem=9MB")
  static class Two {
    @FromBranch("orders")
    Branch orders;

    @BranchUrl("bills")
    String bills;

    @Test
    void test(@FromBranch("bills") Branch branch, @FromBranch("orders") Connection connection)
        throws SQLException {
      Fixtures.see(orders);
      Fixtures.see(branch);
      assertThat(branch.settings()).containsEntry("work_mem", "9MB");
      assertThat(orders.settings()).doesNotContainKey("work_mem");
      assertThat(bills).contains(":" + branch.getPort() + "/");
      Fixtures.addItem(connection, 2);
    }

    @Nested
    @BranchedDatabase(value = "api/main", name = "bills")
    class Inner {
      @Test
      void overridesOne(@FromBranch("bills") Branch branch, @FromBranch("orders") Branch outer) {
        assertThat(branch.settings()).doesNotContainKey("work_mem");
        assertThat(outer.name()).isEqualTo(orders.name());
        Fixtures.see(branch);
      }

      @Test
      void theOnlyOneOfTheNearestNeedsNoName(Branch branch) {
        Fixtures.see(branch);
      }
    }
  }

  @Test
  void refusesAParameterThatNamesNoneOfSeveralOrOneThatIsNotThere() {
    assertThat(Fixtures.failure(Fixtures.run(Unnamed.class)))
        .rootCause()
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            ": it names none of several: orders, bills\n"
                + "HINT: name one of them in @FromBranch or @BranchUrl");
    assertThat(Fixtures.failure(Fixtures.run(Unknown.class)))
        .rootCause()
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            ": none is called carts: orders, bills\n"
                + "HINT: name one of them in @FromBranch or @BranchUrl");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @BranchedDatabase(value = "api/main", name = "orders")
  @BranchedDatabase(value = "api/main", name = "bills")
  @interface Shop {}

  @Shop
  static class Unnamed {
    @Test
    void test(Branch branch) {}
  }

  @Shop
  static class Unknown {
    @Test
    void test(@FromBranch("carts") Branch branch) {}
  }

  @Test
  void refusesTwoOfOneName() {
    assertThat(Fixtures.failure(Fixtures.run(Same.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot give several databases to dev.bpg.junit5.SeveralDatabasesTest$Same: two of them"
                + " are called orders\nHINT: give each @BranchedDatabase a name of its own");
  }

  @BranchedDatabase(value = "api/main", name = "orders")
  @BranchedDatabase(value = "api/main", name = "orders", settings = "work_mem=9MB")
  static class Same {
    @Test
    void test() {}
  }

  @Test
  void aSubclassReplacesWhatItInheritsUnderAName() {
    Fixtures.assertSucceeded(Fixtures.run(Replacing.class), 1);
  }

  @BranchedDatabase(value = "api/main", name = "orders", settings = "work_mem=9MB")
  @BranchedDatabase(value = "api/main", name = "bills", settings = "work_mem=9MB")
  static class Base {}

  @BranchedDatabase(value = "api/main", name = "bills", settings = "work_mem=7MB")
  static class Replacing extends Base {
    @Test
    void test(@FromBranch("orders") Branch orders, @FromBranch("bills") Branch bills) {
      assertThat(orders.settings()).containsEntry("work_mem", "9MB");
      assertThat(bills.settings()).containsEntry("work_mem", "7MB");
    }
  }
}
