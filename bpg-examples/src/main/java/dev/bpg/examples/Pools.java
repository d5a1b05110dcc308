package dev.bpg.examples;

import dev.bpg.Bpg;
import dev.bpg.BranchPool;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.PoolLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Branches that were started ahead. */
public final class Pools {

  private Pools() {}

  /** Takes a branch of a template out of a pool. */
  public static void main(String[] args) throws SQLException {
    Bpg bpg = Bpg.shared();
    // tag::pools
    Template shop =
        bpg.newDatabase("shop")
            .initialSql("CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id;")
            .template("orders 1 to 1000");
    BranchPool pool = bpg.pool(shop.branch(), PoolLimits.defaults().withServers(16));
    try (TemporaryBranch branch = pool.take()) {
      work(branch.dataSource());
    }
    // end::pools
  }

  private static void work(DataSource orders) throws SQLException {
    try (Connection connection = orders.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM orders WHERE id > 10");
    }
  }
}
