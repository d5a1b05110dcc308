package dev.bpg.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What can be said of any branch of the shop. */
public final class ShopChecks {

  /** Its tables. */
  public static final List<String> TABLES =
      List.of("customers", "orders", "documents", "accounts", "ledger");

  private static final String EVERY_INDEX =
      """
      SELECT count(bt_index_parent_check(c.oid, true))
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
      WHERE a.amname = 'btree' AND c.relpersistence = 'p' AND i.indisvalid
      """;

  private static final String EVERY_HEAP =
      """
      SELECT string_agg(c.relname || ': ' || v.msg, ', ')
      FROM pg_class c, verify_heapam(c.oid, check_toast => true) v
      WHERE c.relkind IN ('r', 't', 'm') AND c.relpersistence = 'p'
      """;

  private ShopChecks() {}

  /** A query for the checksum of all rows of a table. */
  public static String checksum(String table) {
    return "SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, ',' ORDER BY id), '')) FROM "
        + table
        + " t";
  }

  /** Every page passes its checksum, every index has its rows, and no money was made. */
  public static void assertSound(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection()) {
      assertThat(Sql.query(connection, "SHOW data_checksums")).isEqualTo("on");
      assertThat(Integer.parseInt(Sql.query(connection, EVERY_INDEX))).isGreaterThan(100);
      assertThat(Sql.query(connection, EVERY_HEAP)).isNull();
      assertThat(Sql.query(connection, "SELECT checksum_failures FROM pg_stat_database LIMIT 1"))
          .isEqualTo("0");
      assertMoneyIsConstant(connection);
    }
  }

  /** Transfers between accounts neither make nor lose money. */
  public static void assertMoneyIsConstant(Connection connection) throws SQLException {
    assertThat(Sql.query(connection, "SELECT count(*) || ' ' || sum(balance) FROM accounts"))
        .isEqualTo("100 100000");
  }
}
