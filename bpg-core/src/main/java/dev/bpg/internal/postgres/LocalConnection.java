package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** JDBC connections as the superuser {@code postgres}, over a server's Unix socket. */
public final class LocalConnection {

  private LocalConnection() {}

  /**
   * A source of connections. Interrupting a thread that uses one closes it.
   *
   * @param endpoint a server that has a socket
   * @param database the database's name
   * @throws IllegalArgumentException if the endpoint has no socket
   */
  public static DataSource dataSource(Endpoint endpoint, String database) {
    Path socket =
        endpoint
            .socket()
            .orElseThrow(() -> new IllegalArgumentException("no socket in " + endpoint));
    PGSimpleDataSource source = new PGSimpleDataSource();
    // The driver only reports these; the socket's path alone says where to connect.
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(database);
    source.setUser(RolePassword.SUPERUSER);
    source.setSocketFactory(UnixSocketFactory.class.getName());
    source.setSocketFactoryArg(socket.toString());
    source.setSslMode("disable");
    source.setGssEncMode("disable");
    source.setApplicationName("bpg");
    // Saves the driver a question or two after each connect; bpg runs nothing older.
    source.setAssumeMinServerVersion("14");
    return source;
  }

  /**
   * Opens a connection, which the caller closes.
   *
   * @throws SQLException if the server refuses it
   * @see #dataSource
   */
  public static Connection open(Endpoint endpoint, String database) throws SQLException {
    return dataSource(endpoint, database).getConnection();
  }
}
