package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.DiffOptions;
import dev.bpg.diff.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/** What a branch changed against its parent. */
public final class Differences {

  private static final String ACCOUNTS =
      "CREATE TABLE accounts (id int PRIMARY KEY, cents bigint);"
          + " INSERT INTO accounts VALUES (1, 100), (2, 200), (3, 300)";

  private Differences() {}

  /** Makes the database {@code bank} and a branch that differs from it, and prints how. */
  public static void main(String[] args) throws SQLException {
    Databases.named("bank").initialSql(ACCOUNTS).create();
    // tag::diff
    Branch audit = Branches.from("bank/main").named("audit").create();
    try (Connection connection = audit.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO accounts VALUES (4, 0)");
      statement.execute("UPDATE accounts SET cents = cents - 1 WHERE id < 3");
      statement.execute("DELETE FROM accounts WHERE id = 3");
      statement.execute("ALTER TABLE accounts ADD note text");
    }
    BranchDiff diff = audit.diff(Branches.get("bank/main"));
    System.out.println(diff);
    // end::diff
    // tag::rows
    try (Stream<RowChange> rows = diff.rows(diff.table("public", "accounts").orElseThrow())) {
      rows.forEach(System.out::println); // ~ {id=1, cents=100} -> {id=1, cents=99} and so on
    }
    // end::rows
    // tag::options
    DiffOptions options =
        DiffOptions.defaults().allDatabases().statementTimeout(Duration.ofMinutes(1));
    BranchDiff all = audit.diff(Branches.get("bank/main"), options);
    // end::options
    if (!all.text().equals(diff.text())) {
      throw new IllegalStateException("there is one database only, and yet " + all);
    }
  }
}
