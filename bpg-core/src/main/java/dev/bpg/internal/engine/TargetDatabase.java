package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.LocalConnection;
import dev.bpg.internal.postgres.NewSqlDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The SQL database of a new server that is filled.
 *
 * @param server the server
 * @param dataSource connections to it as the superuser
 */
record TargetDatabase(NewServer server, DataSource dataSource) {

  /** Makes it, if it does not exist. */
  static TargetDatabase make(NewServer server, String name) throws SQLException {
    NewSqlDatabase.makeIfMissing(server.dataSource(), name);
    return new TargetDatabase(server, LocalConnection.dataSource(server.endpoint(), name));
  }

  /** How Postgres' clients get to its server, as libpq's variables. */
  Map<String, String> variables() {
    Path socket = server.endpoint().socket().orElseThrow();
    return Map.of(
        "PGHOST",
        socket.getParent().toString(),
        "PGPORT",
        // Of the server itself, which in a container is another one than outside.
        socket.getFileName().toString().replaceAll(".*\\.", ""),
        "PGUSER",
        "postgres",
        // All of it is made durable by a checkpoint at the end, or undone.
        "PGOPTIONS",
        "-c synchronous_commit=off");
  }
}
