package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.ArchiveConfig;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.DatabaseConfig;
import dev.bpg.error.NotFoundException;
import dev.bpg.model.CloneScript;
import dev.bpg.model.WalCompression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of archives and scripts reaches databases that say nothing. */
class ConfiguredDatabasesTest extends CopyContract {

  private static final String PATIENTS =
      "CREATE TABLE patients AS SELECT 1 AS id, 'anna@example.org' AS email, 'Anna' AS name";

  private BpgConfig config(Path script) {
    return library
        .config()
        .archive(
            ArchiveConfig.none()
                .withCompression(WalCompression.NONE)
                .withTimeout(Duration.ofSeconds(30)))
        .database(
            "clinic",
            DatabaseConfig.empty()
                .withArchive(
                    ArchiveConfig.none().withEnabled(true).withTimeout(Duration.ofSeconds(20)))
                .withAfterClone(List.of(script)))
        .build();
  }

  @Test
  void aDatabaseIsArchivedAndItsBranchesAreMaskedAsItIsConfigured(@TempDir Path folder)
      throws Exception {
    Path script = folder.resolve("mask.sql");
    Files.writeString(script, "UPDATE patients SET email = 'hidden';\n");
    try (Bpg own = Bpg.open(config(script))) {
      Branch clinic =
          own.newDatabase("clinic")
              .initialSql(PATIENTS)
              .afterClone(CloneScript.of("UPDATE patients SET name = email"))
              .create()
              .main();

      assertThat(query(clinic, "SHOW archive_mode")).isEqualTo("on");
      assertThat(query(clinic, "SHOW archive_timeout")).isEqualTo("20s");
      assertThat(clinic.recoveryWindow()).isPresent();
      assertThat(query(clinic, "SELECT email FROM patients")).isEqualTo("anna@example.org");
      assertThat(query(clinic.branch().create(), "SELECT email || ' ' || name FROM patients"))
          .as("the configuration's scripts come first")
          .isEqualTo("hidden hidden");

      Branch other = own.newDatabase("other").create().main();
      assertThat(query(other, "SHOW archive_mode")).isEqualTo("off");
      other.archive().enable();
      assertThat(query(other, "SHOW archive_timeout")).isEqualTo("30s");
      String archive = library.home().resolve("archive").resolve(other.id()).toString();
      query(other, "SELECT pg_switch_wal()");
      other.branch().at(java.time.Instant.now()).create();
      assertThat(Path.of(archive)).isDirectoryContaining(file -> name(file).length() == 24);

      own.deleteDatabase("clinic");
      own.deleteDatabase("other");
    }
    assertNothingChanged();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Test
  void withoutAScriptThatIsConfiguredNoDatabaseIsMade(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.sql");
    try (Bpg own = Bpg.open(config(missing))) {
      assertThatThrownBy(() -> own.newDatabase("clinic").create())
          .isInstanceOf(NotFoundException.class)
          .hasMessage("cannot read " + missing + ": there is no such file\nHINT: correct the path");
      assertThatThrownBy(() -> own.getDatabase("clinic")).isInstanceOf(NotFoundException.class);
    }
    assertNothingChanged();
  }
}
