package dev.bpg.examples;

import static dev.bpg.assertj.BranchAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.junit5.BranchedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHome.class)
@BranchedDatabase(value = "payment-example/main", scripts = "/shop.sql")
class PaymentTest {

  static boolean pay(DataSource db, int order) throws SQLException {
    try (Connection connection = db.getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate("UPDATE orders SET paid = true WHERE id = " + order) == 1;
    }
  }

  // tag::assertions
  @Test
  void paysOneOrderAndTouchesNothingElse(Branch branch, DataSource db) throws SQLException {
    assertThat(branch).isRunning().hasNoChanges();

    boolean paid = pay(db, 7);

    assertThat(paid).isTrue(); // AssertJ's own, as ever
    assertThat(branch)
        .changedOnly("orders") // rows of this table and of no other; no schema
        .hasRows("orders", 1000)
        .hasRows("orders", "paid AND id = 7", 1); // with a condition
  }
  // end::assertions
}
