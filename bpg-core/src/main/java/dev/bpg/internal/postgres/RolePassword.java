package dev.bpg.internal.postgres;

import dev.bpg.server.Endpoint;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import org.postgresql.util.PasswordUtil;

/**
 * A new password for the superuser, with what the server keeps of it. The server is only ever told
 * the verifier, so that the password cannot reach its log.
 *
 * @param password the password
 * @param verifier its SCRAM-SHA-256 verifier
 */
public record RolePassword(String password, String verifier) {

  /** The name of the superuser of every branch. */
  public static final String SUPERUSER = "postgres";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A password of 144 random bits. */
  public static RolePassword random() {
    return of(randomText());
  }

  /** The same without its verifier, which takes thousands of hashes to make. */
  public static String randomText() {
    byte[] bytes = new byte[18];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A password that is known already, with a new verifier. */
  public static RolePassword of(String password) {
    return new RolePassword(password, PasswordUtil.encodeScramSha256(password.toCharArray()));
  }

  /**
   * Makes it the superuser's password on a running server. Does not wait for the disk: should the
   * machine crash right now, the next start sets it again.
   */
  public void set(Endpoint endpoint) throws SQLException {
    set(endpoint, "off");
  }

  /**
   * Makes it the superuser's password on a running server, for good: when this returns, the one
   * before opens it no more, whatever happens to the server.
   */
  public void setDurably(Endpoint endpoint) throws SQLException {
    set(endpoint, "local");
  }

  /**
   * {@link #set(Endpoint)} in a session of the superuser that is open, and that has its settings
   * afterwards. If this fails, the session is to be closed.
   */
  public void set(Connection superuser) throws SQLException {
    set(superuser, "off");
  }

  /** {@link #setDurably(Endpoint)} in such a session. */
  public void setDurably(Connection superuser) throws SQLException {
    set(superuser, "local");
  }

  private void set(Endpoint endpoint, String synchronousCommit) throws SQLException {
    try (Connection connection = LocalConnection.open(endpoint, "postgres")) {
      set(connection, synchronousCommit);
    }
  }

  private void set(Connection connection, String synchronousCommit) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Somebody's transaction, a prepared one too, may have changed the role, and never end.
      // A verifier is letters, digits and $:+/= only, so it needs no quoting beyond the quotes.
      statement.execute(
          """
          BEGIN;
          SET LOCAL synchronous_commit = %s;
          SET LOCAL lock_timeout = '30s';
          ALTER ROLE %s PASSWORD '%s';
          COMMIT
          """
              .formatted(synchronousCommit, SUPERUSER, verifier));
    }
  }

  /** Says nothing: what prints a record must not print a password. */
  @Override
  public String toString() {
    return "RolePassword[hidden]";
  }
}
