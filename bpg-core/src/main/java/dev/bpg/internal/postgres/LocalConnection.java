package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** JDBC connections as the superuser {@code postgres}, over a server's Unix socket. */
public final class LocalConnection {

  private LocalConnection() {}

  /**
   * Opens a connection, which the caller closes. Interrupting a thread that uses it closes it.
   *
   * @param endpoint a server that has a socket
   * @param database the database's name
   * @throws SQLException if the server refuses it
   * @throws IllegalArgumentException if the endpoint has no socket
   */
  public static Connection open(Endpoint endpoint, String database) throws SQLException {
    Path socket =
        endpoint
            .socket()
            .orElseThrow(() -> new IllegalArgumentException("no socket in " + endpoint));
    Properties properties = new Properties();
    PGProperty.USER.set(properties, "postgres");
    PGProperty.PG_DBNAME.set(properties, database);
    PGProperty.SOCKET_FACTORY.set(properties, UnixSocketFactory.class.getName());
    PGProperty.SOCKET_FACTORY_ARG.set(properties, socket.toString());
    PGProperty.SSL_MODE.set(properties, "disable");
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    PGProperty.APPLICATION_NAME.set(properties, "bpg");
    // The driver only reports these; the socket's path alone says where to connect.
    String url = "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/";
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know " + url);
    }
    return connection;
  }
}
