package dev.bpg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHome.class)
// tag::order-test
@BranchedDatabase(value = "shop-example", scripts = "/shop.sql")
class OrderTest {

  @Test
  void pays(DataSource db) throws SQLException {
    try (Connection connection = db.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE orders SET paid = true WHERE id = 7");
      ResultSet paid = statement.executeQuery("SELECT count(*) FROM orders WHERE paid");
      paid.next();
      assertThat(paid.getInt(1)).isEqualTo(1);
    }
  }
}
// end::order-test
