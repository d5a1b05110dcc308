package dev.bpg.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Database;
import dev.bpg.Databases;
import dev.bpg.Snapshot;
import dev.bpg.Snapshots;
import dev.bpg.config.BpgConfig;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FreshHome.class)
class ExamplesTest {

  @Test
  void firstBranchChangesOnlyTheBranch() throws SQLException {
    FirstBranch.main(new String[0]);

    assertThat(names("api")).containsExactly("api/dev", "api/main");
    assertThat(query(Branches.get("api/dev"), "SELECT to_regclass('only_in_dev')"))
        .isEqualTo("only_in_dev");
    assertThat(query(Branches.get("api/main"), "SELECT to_regclass('only_in_dev')")).isNull();
  }

  @Test
  void ownConfigurationKeepsEverythingInItsOwnHome() throws Exception {
    Path home = FreshHome.newFolder();

    OwnConfiguration.main(new String[] {home.toString()});

    assertThat(names("orders")).isEmpty();
    try (Bpg bpg = Bpg.open(BpgConfig.builder().home(home).build())) {
      Branch report = bpg.getBranch("orders/report");
      assertThat(report.isRunning()).isTrue();
      assertThat(query(report, "SHOW work_mem")).isEqualTo("16MB");
      bpg.deleteDatabase("orders");
    }
    FreshHome.delete(home);
  }

  @Test
  void aTemplateIsPreparedOnce() throws SQLException {
    Templates.main(new String[0]);
    Templates.main(new String[0]);

    assertThat(Databases.list())
        .singleElement()
        .satisfies(
            template -> {
              assertThat(template.name()).matches("shop-[0-9a-f]{12}");
              assertThat(template.main().isRunning()).isFalse();
              assertThat(template.main().snapshots()).hasSize(1);
            });
  }

  @Test
  void aPoolHandsOutBranchesOfATemplate() throws SQLException {
    Pools.main(new String[0]);

    assertThat(Databases.list())
        .singleElement()
        .satisfies(template -> assertThat(template.name()).matches("shop-[0-9a-f]{12}"));
  }

  @Test
  void aDataFolderBecomesDatabasesWhoseBranchesAreMasked() throws SQLException {
    Branch old =
        Databases.named("old")
            .initialSql("CREATE TABLE patients AS SELECT 1 AS id, 'ada@private.net' AS email")
            .create()
            .main();
    String folder = query(old, "SHOW data_directory");
    old.stop();

    Imports.folder(folder);

    assertThat(query(Branches.get("shop/main"), "SELECT email FROM patients"))
        .isEqualTo("ada@private.net");
    assertThat(query(Branches.get("clinic/dev"), "SELECT email FROM patients"))
        .isEqualTo("1@example.org");
  }

  @Test
  void dumpsBecomeDatabases(@TempDir Path folder) throws Exception {
    Path plain = folder.resolve("shop.sql");
    Files.writeString(plain, "CREATE TABLE bills (id int); ALTER TABLE bills OWNER TO clerk");

    Imports.dump(plain.toString());

    Branch main = Branches.get("shop/main");
    assertThat(query(main, "SELECT tableowner FROM pg_tables WHERE tablename = 'bills'"))
        .isEqualTo("clerk");
    Imports.refresh(plain.toString());
    assertThat(names("shop")).hasSize(2).first().asString().startsWith("shop/before-");
    Path archive = folder.resolve("missing.dump");
    assertThatThrownBy(() -> Imports.archive(archive.toString()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageStartingWith("cannot restore " + archive);
  }

  @Test
  void aServerThatCannotBeReachedIsNamedWithoutItsPassword() {
    assertThatThrownBy(() -> Imports.server("very secret"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot dump postgresql://reader@db.example.org:5432/shop: ")
        .hasMessageNotContaining("very secret");
    assertThatThrownBy(() -> Imports.backup("very secret"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot import postgresql://copier@db.example.org:5432/postgres: ")
        .hasMessageNotContaining("very secret");
  }

  @Test
  void ofTheTemporaryBranchesOnlyTheKeptOneStays() throws SQLException {
    TemporaryBranches.main(new String[0]);

    Branch kept = Branches.get("shop/good-idea");
    assertThat(kept.isTemporary()).isFalse();
    assertThat(kept.isRunning()).isTrue();
    assertThat(Branches.list("shop").stream().filter(b -> !b.isTemporary()).map(Branch::name))
        .containsExactly("shop/good-idea", "shop/main");
  }

  @Test
  void aScheduleLeavesItsSnapshots() {
    NightlySnapshots.main(new String[0]);

    assertThat(names("ledger")).containsExactly("ledger/main");
    assertThat(Snapshots.list("ledger"))
        .extracting(Snapshot::label)
        .containsExactly(Optional.of("nightly"));
    assertThat(Bpg.shared().listSchedules()).isEmpty();
  }

  @Test
  void lifecycleLeavesOnlyTheBranchThatExpires() {
    Lifecycle.main(new String[0]);

    assertThat(names("crm")).containsExactly("crm/main", "crm/review");
    assertThat(Branches.get("crm/review").expiresAt())
        .hasValueSatisfying(
            time ->
                assertThat(time)
                    .isBetween(
                        Instant.now().plus(Duration.ofDays(3)).minusSeconds(60),
                        Instant.now().plus(Duration.ofDays(3))));
  }

  @Test
  void initialSqlFillsTheDatabaseFromTheFileAndFromCode() throws Exception {
    Path dump = Files.createTempFile("library", ".sql");
    Files.writeString(dump, "CREATE TABLE books (title text); INSERT INTO books VALUES ('Emma');");

    InitialSql.main(new String[] {dump.toString()});

    Database library = Databases.get("library");
    assertThat(query(library.main(), "SELECT string_agg(title, ', ' ORDER BY title) FROM books"))
        .isEqualTo("Emma, The Art of the Branch");
    Files.delete(dump);
  }

  @Test
  void differencesAreThoseThatTheDocumentationShows() throws Exception {
    Differences.main(new String[0]);

    String shown = Files.readString(Path.of("..", "docs", "diff.md")).replace("\n    ", "\n");
    assertThat(shown)
        .contains(Branches.get("bank/audit").diff(Branches.get("bank/main")).text() + "\n");
  }

  @Test
  void aDatabaseIsSeenAsItWas() throws Exception {
    PointInTime.main(new String[0]);

    assertThat(query(Branches.get("store/then"), "SELECT count(*) FROM orders")).isEqualTo("3");
    assertThat(query(Branches.get("store/main"), "SELECT count(*) FROM orders")).isEqualTo("0");
  }

  @Test
  void branchesTakeOtherDataAndOtherNames() throws Exception {
    Resets.main(new String[0]);

    assertThat(names("warehouse")).containsExactly("warehouse/feature", "warehouse/main");
    assertThat(names("shop")).containsExactly("shop/main");
    assertThat(names("depot")).isEmpty();
  }

  @Test
  void branchesAreKeptAndLookedAfter() throws Exception {
    Upkeep.main(new String[0]);

    assertThat(names("archive")).containsExactly("archive/main");
  }

  @Test
  void branchesOfPrivateDataAreMasked() throws Exception {
    Masking.main(new String[0]);

    String real = "SELECT count(*) FROM patients WHERE email LIKE '%private.net'";
    assertThat(query(Branches.get("clinic/dev"), real)).isEqualTo("0");
    assertThat(query(Branches.get("clinic/main"), real)).isEqualTo("2");
  }

  @Test
  void serversAreProtected() throws Exception {
    Path home = FreshHome.newFolder();

    Credentials.main(new String[] {home.toString()});

    assertThat(query(Branches.get("payroll/main"), "SELECT 1")).isEqualTo("1");
    try (Bpg bpg = Bpg.open(BpgConfig.builder().home(home).build())) {
      String ledger = bpg.getBranch("ledger/main").id();
      assertThat(home.resolve("secrets").resolve(ledger)).doesNotExist();
      assertThat(query(bpg.getBranch("vault/main"), "SHOW ssl")).isEqualTo("on");
      bpg.deleteDatabase("ledger");
      bpg.deleteDatabase("vault");
    }
    FreshHome.delete(home);
  }

  private static List<String> names(String database) {
    return Branches.list(database).stream().map(Branch::name).toList();
  }

  private static String query(Branch branch, String sql) throws SQLException {
    try (Connection connection = branch.dataSource().getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
