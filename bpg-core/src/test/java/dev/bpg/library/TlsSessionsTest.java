package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.Tls;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients see of TLS, with servers of each kind. */
class TlsSessionsTest extends BothKindsContract {

  private static final String IS_ENCRYPTED =
      "SELECT ssl AND version IN ('TLSv1.2', 'TLSv1.3') FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  private final List<Bpg> opened = new ArrayList<>();

  private Bpg open(Tls tls) {
    Bpg other = Bpg.open(library.config().tls(tls).build());
    opened.add(other);
    return other;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Bpg::close);
  }

  @Test
  void sessionsAreEncryptedAndTheServerIsVerified() throws Exception {
    Branch branch = open(Tls.generated()).from(Library.SHOP).fast().create();

    assertThat(branch.getJdbcUrl()).contains("?sslmode=verify-full&sslrootcert=");
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    try (Connection connection = connect(branch, branch.getJdbcUrl())) {
      assertThat(sslOf(connection)).isEqualTo("t");
    }
    String byName = branch.getJdbcUrl().replace("127.0.0.1", "localhost");
    try (Connection connection = connect(branch, byName)) {
      assertThat(sslOf(connection)).isEqualTo("t");
    }
    branch.restart();
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
  }

  @Test
  void allBranchesOfADatabaseHaveItsCertificateAndAnotherDatabaseHasAnother() throws Exception {
    Bpg tls = open(Tls.generated());
    Branch main = tls.createDatabase("other").main();
    Branch branch = tls.from(Library.SHOP).fast().create();
    Branch child = branch.branch().create();
    try (TemporaryBranch temporary = child.branch().fast().createTemporary()) {
      assertThat(query(temporary, IS_ENCRYPTED)).isEqualTo("t");
      assertThat(authority(temporary)).isEqualTo(authority(branch));
    }
    assertThat(query(child, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(authority(child)).isEqualTo(authority(branch));
    assertThat(query(main, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(authority(main)).isNotEqualTo(authority(branch));
    String url = child.getJdbcUrl().replace(child.id(), branch.id());
    connect(child, url).close();
  }

  private static String authority(Branch branch) throws Exception {
    return Files.readString(branch.certificateAuthority().orElseThrow());
  }

  private static Connection connect(Branch branch, String url) throws SQLException {
    return DriverManager.getConnection(url, branch.getUsername(), branch.getPassword());
  }

  private static String sslOf(Connection connection) throws SQLException {
    return query(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
  }
}
