package dev.bpg.examples.quickstart;

import dev.bpg.Branch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The parent or one of its branches, with what changes in it.
 *
 * @param branch the branch
 * @param change what changes
 */
record Side(Branch branch, Content.Change change) {

  void apply() throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(change.sql());
    }
  }

  static void awaitFirstRow(Branch branch) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1")) {
      row.next();
    }
  }

  static List<Long> count(Branch branch, List<String> tables) throws SQLException {
    List<Long> counts = new ArrayList<>();
    try (Connection connection = branch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
          row.next();
          counts.add(row.getLong(1));
        }
      }
    }
    return counts;
  }
}
