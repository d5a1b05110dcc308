package dev.bpg.examples.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tests test: it knows nothing but JDBC. */
record Orders(Connection connection) {

  void pay(int id) throws SQLException {
    try (PreparedStatement pay =
        connection.prepareStatement("UPDATE orders SET paid = true WHERE id = ?")) {
      pay.setInt(1, id);
      pay.executeUpdate();
    }
  }

  long openCents() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery("SELECT sum(cents) FROM orders WHERE NOT paid")) {
      sum.next();
      return sum.getLong(1);
    }
  }
}
