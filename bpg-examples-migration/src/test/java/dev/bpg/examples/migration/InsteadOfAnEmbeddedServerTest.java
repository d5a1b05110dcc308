package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchExtension;
import dev.bpg.junit5.BranchScope;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

// tag::after
class InsteadOfAnEmbeddedServerTest {

  @RegisterExtension
  static final BranchExtension DB =
      BranchExtension.from("shop")
          .flyway("db/shop")
          .setting("work_mem", "16MB")
          .scope(BranchScope.METHOD)
          .build();

  @RepeatedTest(2) // each begins with all orders, none of them paid
  void pays() throws SQLException {
    try (Connection connection = DB.dataSource().getConnection()) {
      assertThat(new Orders(connection).openCents()).isEqualTo(5500);
      new Orders(connection).pay(7);
      assertThat(new Orders(connection).openCents()).isEqualTo(4800);
    }
  }
}
// end::after
