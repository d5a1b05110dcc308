package dev.bpg.internal.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.diff.BranchDiff;
import dev.bpg.diff.ChangeKind;
import dev.bpg.diff.RowChange;
import dev.bpg.diff.TableChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random changes, each noted outside of the database too. */
class LedgerTest {

  private static final int ROWS = 5000;

  private final Map<Integer, String> before = new HashMap<>();
  private final Map<Integer, String> after = new HashMap<>();

  @Test
  void thousandRandomChangesAreCountedExactlyAndEachIsShown() throws Exception {
    try (PostgresServer server = PostgresServer.start(17)) {
      server.create("a");
      server.execute(
          "a",
          "CREATE TABLE keyed (id int PRIMARY KEY, v text);"
              + " INSERT INTO keyed SELECT i, i::text FROM generate_series(1, "
              + ROWS
              + ") i; CREATE TABLE unkeyed AS TABLE keyed");
      server.copy("a", "b");
      for (int i = 1; i <= ROWS; i++) {
        before.put(i, String.valueOf(i));
      }
      after.putAll(before);
      try (Connection connection = server.connect("b");
          Statement statement = connection.createStatement()) {
        changeAtRandom(statement, new Random(4));
      }

      BranchDiff diff = server.diff("a", "b");

      TableChange keyed = diff.table("public", "keyed").orElseThrow();
      assertThat(keyed.inserted()).isEqualTo(count(ChangeKind.ADDED));
      assertThat(keyed.deleted()).isEqualTo(count(ChangeKind.REMOVED));
      assertThat(keyed.updated()).isEqualTo(count(ChangeKind.CHANGED));
      TableChange unkeyed = diff.table("public", "unkeyed").orElseThrow();
      assertThat(unkeyed.inserted()).isEqualTo(keyed.inserted() + keyed.updated());
      assertThat(unkeyed.deleted()).isEqualTo(keyed.deleted() + keyed.updated());
      assertThat(diff.tables()).hasSize(2);
      assertThat(diff.schema()).isEmpty();
      assertRowsAreThoseOfTheLedger(diff, keyed);
    }
  }

  private void changeAtRandom(Statement statement, Random random) throws SQLException {
    for (int i = 0; i < 1000; i++) {
      int id = 1 + random.nextInt(ROWS + ROWS / 2);
      String value = "v" + random.nextInt(50);
      if (!after.containsKey(id)) {
        after.put(id, value);
        statement.addBatch("INSERT INTO keyed VALUES (" + id + ", '" + value + "')");
      } else if (random.nextInt(3) == 0) {
        after.remove(id);
        statement.addBatch("DELETE FROM keyed WHERE id = " + id);
      } else {
        after.put(id, value);
        statement.addBatch("UPDATE keyed SET v = '" + value + "' WHERE id = " + id);
      }
    }
    statement.addBatch("TRUNCATE unkeyed");
    statement.addBatch("INSERT INTO unkeyed TABLE keyed");
    statement.executeBatch();
  }

  private Optional<ChangeKind> kind(int id) {
    String old = before.get(id);
    String now = after.get(id);
    if (old == null ? now == null : old.equals(now)) {
      return Optional.empty();
    }
    return Optional.of(
        old == null ? ChangeKind.ADDED : now == null ? ChangeKind.REMOVED : ChangeKind.CHANGED);
  }

  private long count(ChangeKind kind) {
    return Stream.concat(before.keySet().stream(), after.keySet().stream())
        .distinct()
        .filter(id -> kind(id).filter(kind::equals).isPresent())
        .count();
  }

  private void assertRowsAreThoseOfTheLedger(BranchDiff diff, TableChange table) {
    try (Stream<RowChange> rows = diff.rows(table)) {
      assertThat(rows)
          .hasSize((int) table.rows())
          .allSatisfy(
              row -> {
                int id = Integer.parseInt(String.valueOf(row.key().get("id")));
                assertThat(kind(id)).contains(row.kind());
                assertThat(row.before().map(values -> values.get("v")))
                    .isEqualTo(Optional.ofNullable(before.get(id)));
                assertThat(row.after().map(values -> values.get("v")))
                    .isEqualTo(Optional.ofNullable(after.get(id)));
              });
    }
  }
}
