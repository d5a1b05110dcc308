package dev.bpg.examples;

import dev.bpg.Databases;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A database that is prepared once, and branches of it. */
public final class Templates {

  private Templates() {}

  /** Makes a template of {@code shop} unless there is one, and counts the orders in a branch. */
  public static void main(String[] args) throws SQLException {
    String schema = "CREATE TABLE orders (id int PRIMARY KEY);";
    // tag::template
    Template shop =
        Databases.named("shop")
            .initialSql("schema.sql", schema)
            .prepare(dataSource -> importOrders(dataSource))
            .template("orders-7 " + schema);
    try (TemporaryBranch branch = shop.branch().createTemporary()) {
      System.out.println(count(branch.dataSource()) + " orders");
    }
    // end::template
  }

  private static void importOrders(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO orders SELECT generate_series(1, 7)");
    }
  }

  private static int count(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM orders")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
