package dev.bpg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.junit5.BranchExtension;
import dev.bpg.junit5.KeepBranch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(FreshHome.class)
class RegisteredTest {

  // tag::registered
  @RegisterExtension
  static final BranchExtension SHOP =
      BranchExtension.from("shop-example").scripts("/shop.sql").keep(KeepBranch.ON_FAILURE).build();

  @Test
  void hasABranchOfItsOwn(Branch branch) throws SQLException {
    try (Connection connection = SHOP.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM orders");
    }
    assertThat(branch.parent().orElseThrow()).matches("shop-example-[0-9a-f]{12}/main");
  }
  // end::registered
}
