package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The URLs by which clients find a server over TCP: pgJDBC, "Initializing the Driver". */
public final class JdbcUrl {

  /** The database that every server has. */
  public static final String DATABASE = "postgres";

  private JdbcUrl() {}

  /**
   * The URL of a database.
   *
   * @param authority the certificate of the authority that clients are to trust; empty for a server
   *     without TLS
   */
  public static String of(Endpoint server, String database, Optional<Path> authority) {
    String plain =
        "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + encoded(database);
    return authority
        .map(file -> plain + "?sslmode=verify-full&sslrootcert=" + encoded(file.toString()))
        .orElse(plain);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
