package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.RowChange;
import dev.bpg.error.UnavailableException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiffTest extends CopyContract {

  @Test
  void whatABranchChangedIsSeenFromItsParent() throws Exception {
    Branch parent = parent();
    Branch branch = parent.branch().fast().create();
    execute(
        branch,
        "INSERT INTO customers VALUES (2000, 'new@example.com');"
            + " UPDATE orders SET cents = -1 WHERE id <= 3; DELETE FROM orders WHERE id = 5000;"
            + " ALTER TABLE accounts ADD note text; CREATE ROLE clerk");

    BranchDiff diff = branch.diff(parent);

    assertThat(diff.text())
        .isEqualTo(
            branch.name()
                + " against "
                + parent.name()
                + """

                schema
                  + role clerk
                  + column public.accounts.note
                rows
                  public.customers: 1 inserted
                  public.orders: 3 updated, 1 deleted""");
    try (Stream<RowChange> rows = diff.rows(diff.table("public", "customers").orElseThrow())) {
      assertThat(rows.map(RowChange::toString))
          .containsExactly("+ {id=2000, email=new@example.com}");
    }
    assertThat(parent.diff(branch).table("public", "customers").orElseThrow().deleted())
        .isEqualTo(1);
    assertThat(query(parent, "SELECT count(*) FROM customers")).isEqualTo("1000");
  }

  @Test
  void otherDatabasesOfTheClusterAreComparedOnDemand() throws Exception {
    Branch parent = parent();
    execute(parent, "CREATE DATABASE \"my shop\"");
    Branch branch = parent.branch().fast().create();
    execute(branch, "CREATE DATABASE added");
    execute(branch, "ALTER ROLE postgres PASSWORD 'changed'");
    try (var connection =
        java.sql.DriverManager.getConnection(
            branch.getJdbcUrl().replaceFirst("postgres$", "my%20shop"), "postgres", "changed")) {
      execute(connection, "CREATE TABLE t AS SELECT 1 AS id");
    }

    assertThat(branch.diff(parent, DiffOptions.defaults().database("my shop")).tables())
        .extracting(table -> table.database() + ": " + table)
        .containsExactly("my shop: public.t: 1 inserted (no key)");
    BranchDiff all = branch.diff(parent, DiffOptions.defaults().allDatabases());
    assertThat(all.schema())
        .extracting(Object::toString)
        .containsExactly("+ database added", "+ table public.t");
    assertThat(all.tables()).hasSize(1);
  }

  @Test
  void refusesABranchThatDoesNotRun() {
    Branch parent = parent();
    Branch branch = parent.branch().create();
    branch.stop();

    assertThatThrownBy(() -> branch.diff(parent)).isInstanceOf(UnavailableException.class);
    assertThat(branch.isRunning()).isFalse();
  }
}
