package dev.bpg.examples;

import static dev.bpg.assertj.BranchAssertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.junit5.BranchedDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHome.class)
@BranchedDatabase(value = "travel-example/main", scripts = "/shop.sql")
class TimeTravelTest {

  // tag::time-travel
  @Test
  void goesToAndFro(Branch branch, DataSource db) throws SQLException {
    branch.mark("unpaid");
    PaymentTest.pay(db, 7);
    branch.mark("paid");

    branch.rewindTo("unpaid");
    assertThat(branch).hasNoChanges();
    PaymentTest.pay(db, 8); // the same data source: it finds the server again

    branch.rewindTo("paid"); // marks stay, whatever was rewound to
    assertThat(branch).hasRows("orders", "paid AND id = 7", 1).hasRows("orders", "paid", 1);
  }
  // end::time-travel
}
