package dev.bpg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchedDatabase;
import dev.bpg.junit5.FromBranch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHome.class)
// tag::two-databases
@BranchedDatabase(value = "shop-example/main", scripts = "/shop.sql", name = "shop")
@BranchedDatabase(value = "shop-example/main", scripts = "/shop.sql", name = "archive")
class TwoDatabasesTest {

  @Test
  void movesAnOrder(@FromBranch("shop") Connection shop, @FromBranch("archive") Connection archive)
      throws SQLException {
    try (Statement delete = shop.createStatement();
        Statement count = archive.createStatement()) {
      delete.execute("DELETE FROM orders WHERE id = 7");
      ResultSet there = count.executeQuery("SELECT count(*) FROM orders WHERE id = 7");
      there.next();
      assertThat(there.getInt(1)).isEqualTo(1);
    }
  }
}
// end::two-databases
