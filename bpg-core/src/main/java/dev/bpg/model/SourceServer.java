package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running Postgres elsewhere that data is taken from: where it listens, who asks, how TLS is
 * used. Its password is in no message and in no log. Immutable.
 */
public final class SourceServer {

  /** What can be said behind the question mark of a URL beside user and password. */
  private static final List<String> TLS = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");

  private final String host;
  private final int port;
  private final Map<String, String> values;

  SourceServer(String host, int port, Map<String, String> values) {
    this.host = host;
    this.port = port;
    this.values = Map.copyOf(values);
  }

  /**
   * Reads a URL, such as {@code postgresql://reader@db.example.org/shop?sslmode=require} or the
   * same behind {@code jdbc:}. It may have user and password, before the host or as parameters;
   * what is no letter, digit or one of {@code -._~} in them is written as {@code %} and two digits.
   *
   * @throws RefusedException if it is not such a URL; the message does not quote it
   */
  public static SourceServer of(String url) {
    return SourceUrl.parse(url, TLS);
  }

  /** The same, asked as another user. */
  public SourceServer withUser(String user) {
    return with("user", user);
  }

  /** The same with a password. Default: the one in the URL, or what {@code ~/.pgpass} has. */
  public SourceServer withPassword(String password) {
    return with("password", password);
  }

  private SourceServer with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new SourceServer(host, port, changed);
  }

  /** A host name or address. */
  public String host() {
    return host;
  }

  /** A TCP port. */
  public int port() {
    return port;
  }

  /** The SQL database; empty for the one of the user's name. */
  public Optional<String> database() {
    return Optional.ofNullable(values.get("database"));
  }

  /** Who asks; empty for this process's user. */
  public Optional<String> user() {
    return Optional.ofNullable(values.get("user"));
  }

  /** The password; empty if none was given. */
  public Optional<String> password() {
    return Optional.ofNullable(values.get("password"));
  }

  /** How TLS is used, as libpq and the JDBC driver both call it: {@code sslmode} and files. */
  public Map<String, String> tls() {
    Map<String, String> tls = new LinkedHashMap<>(values);
    tls.keySet().retainAll(TLS);
    return tls;
  }

  /** {@code postgresql://reader@db.example.org:5432/shop}: without the password. */
  @Override
  public String toString() {
    return "postgresql://"
        + user().map(user -> user + "@").orElse("")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + "/"
        + database().orElse("");
  }
}
