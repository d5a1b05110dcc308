package dev.bpg.examples.quickstart;

import dev.bpg.DatabaseBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * A user's own SQL. Nothing is known of its tables, so the changes are made in one more table.
 *
 * @param file the file with the SQL
 */
record OwnSql(Path file) implements Content {

  private static final String TABLE = "bpg_quickstart";

  @Override
  public String title() {
    return "your own, from " + file;
  }

  @Override
  public void addTo(DatabaseBuilder database, Terminal terminal) {
    Stopwatch stopwatch = new Stopwatch();
    database
        .prepare(dataSource -> terminal.line("running %s …", file))
        .initialSql(file)
        .prepare(dataSource -> finish(dataSource, stopwatch, terminal));
  }

  private static void finish(DataSource dataSource, Stopwatch stopwatch, Terminal terminal)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM (ANALYZE)");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*), coalesce(sum(greatest(reltuples, 0)), 0)::bigint"
                  + " FROM pg_stat_user_tables JOIN pg_class ON pg_class.oid = relid")) {
        row.next();
        terminal.line(
            "%,d tables with about %,d rows %s",
            row.getLong(1), row.getLong(2), Terminal.time(stopwatch.elapsed()));
      }
      statement.execute("CREATE TABLE public." + TABLE + " AS SELECT generate_series(1, 10) AS n");
    }
  }

  @Override
  public List<String> tables() {
    return List.of(TABLE);
  }

  @Override
  public Change inParent() {
    return new Change("one row more", insert(1), List.of(1L));
  }

  @Override
  public Change inFast() {
    return new Change("all rows deleted", "DELETE FROM public." + TABLE, List.of(Change.ALL));
  }

  @Override
  public Change inConsistent() {
    return new Change("a thousand rows more", insert(1000), List.of(1000L));
  }

  private static String insert(int rows) {
    return "INSERT INTO public." + TABLE + " SELECT generate_series(1, " + rows + ")";
  }
}
