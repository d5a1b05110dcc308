package dev.bpg.examples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Orders and payments, by the application's one data source. */
@ApplicationScoped
class Orders {

  private final DataSource db;

  Orders(DataSource db) {
    this.db = db;
  }

  /** Pays one order. */
  @Transactional
  void pay(long id) throws SQLException {
    try (Connection connection = db.getConnection();
        PreparedStatement pay =
            connection.prepareStatement("UPDATE orders SET paid = true WHERE id = ?")) {
      pay.setLong(1, id);
      pay.executeUpdate();
    }
  }

  /** What is not paid yet. */
  long openCents() throws SQLException {
    try (Connection connection = db.getConnection();
        Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery("SELECT sum(cents) FROM orders WHERE NOT paid")) {
      sum.next();
      return sum.getLong(1);
    }
  }
}
