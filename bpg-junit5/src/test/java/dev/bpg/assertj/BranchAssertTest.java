package dev.bpg.assertj;

import static dev.bpg.assertj.BranchAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BranchAssertTest {

  private TemporaryBranch branch;

  @BeforeAll
  static void makeADatabase() {
    Databases.named("asserted")
        .initialSql(
            """
            CREATE TABLE orders (id serial PRIMARY KEY, amount int, paid boolean DEFAULT false);
            INSERT INTO orders (amount) VALUES (10), (20), (30);
            CREATE TABLE customers (id int PRIMARY KEY, name text);
            INSERT INTO customers VALUES (1, 'Ann');
            CREATE SCHEMA "My Shop";
            CREATE TABLE "My Shop"."Order Items" (id int PRIMARY KEY);
            CREATE SCHEMA app;
            CREATE TABLE app.orders (id int PRIMARY KEY);
            """)
        .create();
  }

  @BeforeEach
  void makeABranch() {
    branch = Branches.from("asserted/main").fast().createTemporary();
  }

  @AfterEach
  void closeIt() {
    branch.close();
  }

  @Test
  void aNewBranchHasNoChangesAndRolledBackOnesAreNone() throws Exception {
    assertThat(branch).isRunning().hasNoChanges();
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO orders (amount) VALUES (40)");
      connection.rollback();
    }
    assertThat(branch).hasNoChanges();
  }

  @Test
  void changesAreShownWithTheirRows() throws Exception {
    execute(
        """
        INSERT INTO orders (amount) VALUES (40);
        UPDATE orders SET paid = true WHERE id = 1;
        DELETE FROM orders WHERE id = 2;
        ALTER TABLE customers ADD note text;
        """);

    assertFails(
        () -> assertThat(branch).hasNoChanges(),
        """
        Expecting branch %1$s to have no changes, but it has:
        %1$s against asserted/main
        schema
          + column public.customers.note
        rows
          public.orders: 1 inserted, 1 updated, 1 deleted
            + {id=4, amount=40, paid=false}
            - {id=2, amount=20, paid=false}
            ~ {id=1} {paid=false} -> {paid=true}""");
  }

  @Test
  void onlyTheTablesThatAreNamedHaveChanged() throws Exception {
    execute("UPDATE orders SET paid = true; INSERT INTO app.orders VALUES (1)");
    execute("INSERT INTO \"My Shop\".\"Order Items\" SELECT generate_series(1, 7)");

    assertThat(branch)
        .changedOnly("orders", "app.orders", "\"My Shop\".\"Order Items\"")
        .changedOnly("App.ORDERS", "public.orders", "\"My Shop\".\"Order Items\"");
    assertFails(
        () ->
            assertThat(branch)
                .as("after 100% of it")
                .changedOnly("orders", "customers", "\"My Shop\".\"Order Items\""),
        """
        [after 100%% of it] Expecting branch %1$s to have changed only public.orders,\
         public.customers, "My Shop"."Order Items", but
        it did not change public.customers
        it also changed:
        %1$s against asserted/main
        rows
          app.orders: 1 inserted
            + {id=1}""");
  }

  @Test
  void ofManyRowsSomeAreShown() throws Exception {
    execute("DELETE FROM orders; INSERT INTO customers SELECT i, 'x' FROM generate_series(2, 9) i");
    assertThatThrownBy(() -> assertThat(branch).changedOnly("orders"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("  public.customers: 8 inserted\n")
        .hasMessageEndingWith("\n    … and 3 more");
  }

  @Test
  void aTriggersChangesCount() throws Exception {
    execute(
        """
        CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO app.orders VALUES (NEW.id); RETURN NEW; END $$;
        CREATE TRIGGER log BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION log();
        """);
    try (TemporaryBranch child = branch.branch().fast().createTemporary()) {
      execute(child, "INSERT INTO orders (amount) VALUES (50)");
      assertThat(child).changedOnly("orders", "app.orders");
    }
  }

  @Test
  void aTableHasSoManyRows() throws Exception {
    execute("UPDATE orders SET paid = true WHERE id < 3");
    execute("INSERT INTO \"My Shop\".\"Order Items\" SELECT generate_series(1, 7)");

    assertThat(branch)
        .hasRows("orders", 3)
        .hasRows("orders", "paid AND amount > 10 -- the second", 1)
        .hasRows("\"My Shop\".\"Order Items\"", 7)
        .hasRows("app.orders", 0);
    assertFails(
        () -> assertThat(branch).hasRows("orders", "paid", 1),
        """
        Expecting public.orders of branch %1$s to have 1 rows where paid, but it has 2:
          {id=1, amount=10, paid=true}
          {id=2, amount=20, paid=true}""");
    assertFails(
        () -> assertThat(branch).hasRows("\"My Shop\".\"Order Items\"", 6),
        """
        Expecting "My Shop"."Order Items" of branch %1$s to have 6 rows, but it has 7:
          {id=1}
          {id=2}
          {id=3}
          {id=4}
          {id=5}
          … and 2 more""");
    assertFails(
        () -> assertThat(branch).hasRows("app.orders", 1),
        "Expecting app.orders of branch %1$s to have 1 rows, but it has 0");
  }

  @Test
  void aTableThatIsNotThereFails() {
    for (ThrowingCallable assertion :
        new ThrowingCallable[] {
          () -> assertThat(branch).hasRows("items", 0),
          () -> assertThat(branch).changedOnly("items")
        }) {
      assertFails(
          assertion,
          "Expecting branch %1$s to have a table items, but its database postgres has none");
    }
  }

  @Test
  void whatPostgresCannotReadIsNoFailedAssertion() {
    assertThatThrownBy(() -> assertThat(branch).hasRows("orders", "payed", 1))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot read the rows of public.orders in "
                + branch.name()
                + ": ERROR: column \"payed\" does not exist")
        .hasMessageEndingWith("\nHINT: mend the condition, which is SQL");
    assertThatThrownBy(() -> assertThat(branch).hasRows("a.b.c.d", 1))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("\nHINT: write it as in SQL: orders, shop.orders, \"My Table\"");
  }

  @Test
  void schemasAreComparedWithoutRows() throws Exception {
    try (TemporaryBranch other = Branches.from("asserted/main").fast().createTemporary()) {
      execute("UPDATE orders SET paid = true");
      assertThat(branch).hasSameSchemaAs(other);
      execute("CREATE INDEX by_name ON customers (name)");
      assertThatThrownBy(() -> assertThat(branch).hasSameSchemaAs(other))
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              """
              Expecting branch %1$s to have the schema of branch %2$s, but:
              %1$s against %2$s
              schema
                + index public.customers.by_name"""
                  .formatted(branch.name(), other.name()));
    }
  }

  @Test
  void asksAnotherDatabaseOnDemand() throws Exception {
    execute("CREATE DATABASE \"other one\"");
    String url = branch.getJdbcUrl().replace("/postgres", "/other%20one");
    try (Connection connection =
            DriverManager.getConnection(url, branch.getUsername(), branch.getPassword());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE things (id int)");
    }
    assertThat(branch).inDatabase("other one").hasRows("things", 0).hasRows("public.things", 0);
    assertThatThrownBy(() -> assertThat(branch).inDatabase("third").hasRows("things", 0))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot connect to database third of " + branch.name());
  }

  @Test
  void aStoppedBranchDoesNotRun() {
    branch.stop();
    assertFails(
        () -> assertThat(branch).isRunning(),
        "Expecting branch %1$s to run, but it is STOPPED: " + branch.status().reason());
    Branch none = null;
    assertThatThrownBy(() -> assertThat(none).isRunning()).isInstanceOf(AssertionError.class);
  }

  private void assertFails(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion)
        .isInstanceOf(AssertionError.class)
        .hasMessage(message.formatted(branch.name()));
  }

  private void execute(String sql) throws SQLException {
    execute(branch, sql);
  }

  private static void execute(Branch branch, String sql) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
