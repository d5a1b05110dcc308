package dev.bpg.examples;

import dev.bpg.Database;
import dev.bpg.Databases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;

/** Databases that begin with data in them. */
public final class InitialSql {

  private InitialSql() {}

  /**
   * Makes the database {@code library} from a dump and from code.
   *
   * @param args a file with SQL that makes a table {@code books} with a column {@code title}
   */
  public static void main(String[] args) {
    Path dump = Path.of(args[0]);
    // tag::initial-sql
    Database library =
        Databases.named("library")
            .version(17)
            .setting("max_connections", "50")
            .initialSql(dump)
            .initialSql("CREATE INDEX ON books (title)")
            .create();
    // end::initial-sql
    library.delete();
    // tag::prepare
    Databases.named("library")
        .initialSql(dump)
        .prepare(
            dataSource -> {
              try (Connection connection = dataSource.getConnection();
                  PreparedStatement insert =
                      connection.prepareStatement("INSERT INTO books (title) VALUES (?)")) {
                insert.setString(1, "The Art of the Branch");
                insert.executeUpdate();
              }
            })
        .create();
    // end::prepare
  }
}
