package dev.bpg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Database;
import dev.bpg.Databases;
import dev.bpg.config.BpgConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
  void ofTheTemporaryBranchesOnlyTheKeptOneStays() throws SQLException {
    TemporaryBranches.main(new String[0]);

    Branch kept = Branches.get("shop/good-idea");
    assertThat(kept.isTemporary()).isFalse();
    assertThat(kept.isRunning()).isTrue();
    assertThat(Branches.list("shop").stream().filter(b -> !b.isTemporary()).map(Branch::name))
        .containsExactly("shop/good-idea", "shop/main");
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
