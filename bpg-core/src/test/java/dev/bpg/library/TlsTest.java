package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.ResetOption;
import dev.bpg.config.DatabaseConfig;
import dev.bpg.error.RefusedException;
import dev.bpg.health.Finding;
import dev.bpg.health.Finding.Area;
import dev.bpg.internal.tls.GeneratedCertificate;
import dev.bpg.internal.tls.ServerCertificate;
import dev.bpg.model.BranchStatus;
import dev.bpg.model.Tls;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest extends CopyContract {

  private static final String IS_ENCRYPTED =
      "SELECT ssl AND version IN ('TLSv1.2', 'TLSv1.3') FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  private final List<Bpg> opened = new ArrayList<>();

  @TempDir Path folder;

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
  void whoTrustsAnotherAuthorityDoesNotTrustTheServer() throws Exception {
    Branch branch = open(Tls.generated()).from(Library.SHOP).fast().create();
    Path other = folder.resolve("other.crt");
    Files.writeString(other, GeneratedCertificate.make("other", Instant.now()).authority());

    String url = plain(branch) + "?sslmode=verify-full&sslrootcert=" + other;
    assertThatThrownBy(() -> connect(branch, url))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("SSL error");
  }

  @Test
  void onTheLoopbackAddressPlainSessionsStayAllowed() throws Exception {
    Branch branch = open(Tls.generated()).from(Library.SHOP).fast().create();

    try (Connection connection = connect(branch, plain(branch) + "?sslmode=disable")) {
      assertThat(sslOf(connection)).isEqualTo("f");
    }
  }

  @Test
  void branchesThatAreTheFirstAtTheSameTimeHaveTheSameCertificate() throws Exception {
    Bpg tls = open(Tls.generated());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Branch> creation = () -> tls.from(Library.SHOP).fast().create();
      Set<String> authorities = new HashSet<>();
      for (Future<Branch> branch : threads.invokeAll(Collections.nCopies(4, creation))) {
        authorities.add(authority(branch.get()));
        assertThat(query(branch.get(), IS_ENCRYPTED)).isEqualTo("t");
      }
      assertThat(authorities).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void onlyTheServersUserReadsTheKey() throws Exception {
    Branch branch = open(Tls.generated()).from(Library.SHOP).fast().create();

    Path kept = branch.certificateAuthority().orElseThrow().getParent();
    assertThat(kept).isEqualTo(library.home().resolve("tls").resolve(branch.id()));
    Path key = kept.resolve("generated.pem");
    assertThat(mode(key)).isEqualTo("rw-------");
    assertThat(mode(kept.resolve("ca.crt"))).isEqualTo("rw-r--r--");
    Path data = Path.of(query(branch, "SHOW data_directory"));
    assertThat(Files.getOwner(key)).isEqualTo(Files.getOwner(data));
    assertThat(Files.readString(kept.resolve("ca.crt"))).doesNotContain("PRIVATE KEY");
  }

  @Test
  void itIsSwitchedOnAndOffByTheNextStart() throws Exception {
    Branch plain = parent();
    Branch branch = open(Tls.generated()).getBranch(plain.name());
    assertThat(branch.start().certificateAuthority()).isEmpty();
    assertThat(query(branch, "SHOW ssl")).isEqualTo("off");

    branch.restart();

    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(query(plain, IS_ENCRYPTED)).isEqualTo("t");
    plain.start();
    assertThat(query(plain, IS_ENCRYPTED)).isEqualTo("t");
    plain.restart();
    assertThat(plain.certificateAuthority()).isEmpty();
    assertThat(query(branch, "SHOW ssl")).isEqualTo("off");
    assertThat(library.home().resolve("tls").resolve(branch.id())).doesNotExist();
  }

  @Test
  void oneDatabaseMayHaveItAndAnotherNot() throws Exception {
    try (Bpg some =
        Bpg.open(
            library
                .config()
                .tls(Tls.generated())
                .database("shop", DatabaseConfig.empty().withTls(Tls.off()))
                .build())) {
      Branch off = some.from(Library.SHOP).fast().create();
      assertThat(off.certificateAuthority()).isEmpty();
      assertThat(off.getJdbcUrl()).doesNotContain("?");
      off.delete();
      assertNothingChanged();
    }
  }

  @Test
  void itSurvivesResetRenameAndPromotion() throws Exception {
    Bpg tls = open(Tls.generated());
    Branch branch = tls.from(Library.SHOP).fast().create();
    String authority = authority(branch);

    branch.reset(ResetOption.FORCE);
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    branch.promoteTo("moved");
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    tls.renameDatabase("moved", "gone");
    branch.restart();
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(authority(branch)).isEqualTo(authority);
    Path kept = branch.certificateAuthority().orElseThrow().getParent();
    tls.deleteDatabase("gone");
    assertThat(kept).doesNotExist();
  }

  @Test
  void aCertificateOfTheUsersOwnIsShown() throws Exception {
    Branch branch = open(files("own", Instant.now())).from(Library.SHOP).fast().create();

    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(authority(branch)).isEqualTo(Files.readString(folder.resolve("own-ca.crt")));
    files("own", Instant.now());
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    branch.restart();
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(authority(branch)).isEqualTo(Files.readString(folder.resolve("own-ca.crt")));
  }

  @Test
  void aCertificateThatCannotBeUsedLeavesNothing() throws Exception {
    Bpg expired = open(files("old", Instant.now().minus(Duration.ofDays(4000))));

    assertThatThrownBy(() -> expired.from(Library.SHOP).fast().create())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "cannot use the TLS file "
                + folder.resolve("old.crt")
                + ": its certificate expired at ")
        .hasMessageEndingWith("\nHINT: have it renewed by its authority");

    assertNothingChanged();
    Branch branch = parent().stop();
    assertThatThrownBy(() -> expired.getBranch(branch.name()).start())
        .isInstanceOf(RefusedException.class);
    assertThat(branch.status().state()).isEqualTo(BranchStatus.State.STOPPED);
    branch.start();
    assertThat(query(branch, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void theDoctorTellsOfCertificatesThatEndSoonOrAreBroken() throws Exception {
    Bpg tls = open(Tls.generated());
    Branch branch = tls.from(Library.SHOP).fast().create();
    assertThat(findings(tls)).singleElement().asString().contains("in order");
    Path key = branch.certificateAuthority().orElseThrow().resolveSibling("generated.pem");

    write(key, Instant.now().minus(Duration.ofDays(3640)));
    assertThat(findings(tls))
        .singleElement()
        .asString()
        .startsWith("warning  certificates: " + branch.name() + ": its certificate expires at ")
        .endsWith("HINT: call restart() on the branch, which gives it the database's present one");
    write(key, Instant.now().minus(Duration.ofDays(4000)));
    assertThat(findings(tls)).singleElement().asString().contains("its certificate expired at ");
    Files.writeString(key, "nothing");
    assertThat(findings(tls))
        .singleElement()
        .asString()
        .contains(branch.name() + ": it has no certificate in PEM form");

    branch.restart();
    assertThat(query(branch, IS_ENCRYPTED)).isEqualTo("t");
    assertThat(findings(tls)).singleElement().asString().contains("in order");
    assertThat(findings(open(files("soon", Instant.now().minus(Duration.ofDays(3640))))))
        .first()
        .asString()
        .contains("database shop, " + folder.resolve("soon.crt") + ": its certificate expires at ");
  }

  private static List<Finding> findings(Bpg bpg) {
    return bpg.doctor().findings().stream().filter(f -> f.area() == Area.CERTIFICATES).toList();
  }

  private static void write(Path key, Instant made) throws Exception {
    Files.writeString(key, GeneratedCertificate.make("shop", made).server());
  }

  private Tls files(String name, Instant made) throws Exception {
    ServerCertificate certificate = GeneratedCertificate.make(name, made);
    int end = certificate.server().indexOf("-----BEGIN CERTIFICATE");
    Path key = folder.resolve(name + ".key");
    Path leaf = folder.resolve(name + ".crt");
    Path authority = folder.resolve(name + "-ca.crt");
    Files.writeString(key, certificate.server().substring(0, end));
    Files.writeString(leaf, certificate.server().substring(end));
    Files.writeString(authority, certificate.authority());
    return Tls.files(leaf, key, authority);
  }

  private static String authority(Branch branch) throws Exception {
    return Files.readString(branch.certificateAuthority().orElseThrow());
  }

  private static String plain(Branch branch) {
    return "jdbc:postgresql://" + branch.getHost() + ":" + branch.getPort() + "/postgres";
  }

  private static Connection connect(Branch branch, String url) throws SQLException {
    return DriverManager.getConnection(url, branch.getUsername(), branch.getPassword());
  }

  private static String sslOf(Connection connection) throws SQLException {
    return query(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
