package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.RepeatedTest;

@InsteadOfOneForAllTest.ShopTest
class InsteadOfOneForAllTest {

  // tag::after
  @BranchedDatabase(value = "shop", scripts = "/schema.sql", scope = BranchScope.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface ShopTest {}

  // end::after

  @RepeatedTest(2)
  void beginsWithAllRows(Connection connection) throws SQLException {
    assertThat(new Orders(connection).openCents()).isEqualTo(5500);
    new Orders(connection).pay(7);
  }
}
