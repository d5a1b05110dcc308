package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import dev.bpg.health.Description;
import dev.bpg.health.DoctorReport;
import dev.bpg.health.Finding;
import dev.bpg.health.Finding.Area;
import dev.bpg.health.Finding.Severity;
import dev.bpg.testing.Library;
import dev.bpg.testing.RealStorages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DoctorTest extends BothKindsContract {

  @Test
  void everyAreaIsLookedAtAndNothingChanges() throws Exception {
    DoctorReport report = bpg.doctor();

    for (Area area : Area.values()) {
      assertThat(report.of(area)).as(area.name()).isNotEmpty();
    }
    assertThat(report.of(Area.STORAGE)).hasSize(4);
    assertThat(report.notOk()).noneMatch(finding -> finding.severity() == Severity.PROBLEM);
    assertThat(report.toString())
        .contains("ok       storage: " + name(storage().type()) + " works in ")
        .contains("branches: healthy: 1 of 1");
    assertNothingChanged();
  }

  @Test
  void aDamagedRecordIsNamedAndKeepsNothingElseFromBeingLookedAt() throws Exception {
    bpg.from(Library.SHOP).named("dev").fast().create();
    Path record = library.home().resolve("catalog/shop/dev.json");
    byte[] whole = Files.readAllBytes(record);
    try {
      Files.writeString(record, "{");
      DoctorReport report = bpg.doctor();

      assertThat(report.worst()).isEqualTo(Severity.PROBLEM);
      assertThat(report.of(Area.CATALOG).get(0).text()).contains(record.toString());
      assertThat(report.of(Area.CATALOG).get(0).hint()).isPresent();
      assertThat(report.of(Area.ORPHANS).get(0).severity()).isEqualTo(Severity.PROBLEM);
      assertThat(report.of(Area.BRANCHES)).isNotEmpty();
    } finally {
      Files.write(record, whole);
    }
  }

  @Test
  void aRecordOfANewerVersionIsNamed() throws Exception {
    bpg.from(Library.SHOP).named("dev").fast().create();
    Path record = library.home().resolve("catalog/shop/dev.json");
    String whole = Files.readString(record);
    try {
      Files.writeString(record, whole.replaceFirst("\"schema\\w*\" *: *[0-9]+", "\"schema\": 99"));
      assertThat(bpg.doctor().of(Area.CATALOG).get(0).text()).contains("dev.json");
    } finally {
      Files.writeString(record, whole);
    }
  }

  @Test
  void aHalfDoneRecordOfADeadProcessIsNamed() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("dev").fast().create();
    Path record = library.home().resolve("catalog/shop/dev.json");
    String whole = Files.readString(record);
    Files.writeString(record, whole.replace("\"READY\"", "\"DELETING\""));
    try {
      assertThat(bpg.doctor().of(Area.CATALOG))
          .contains(
              Finding.warning(
                  Area.CATALOG,
                  "branch shop/dev was left half done: deleting",
                  "open bpg once more, which finishes it"));
    } finally {
      Files.writeString(record, whole);
    }
    assertThat(branch.isRunning()).isTrue();
  }

  @Test
  void aBranchThatIsIllIsNamedWithWhatToDo() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("dev").fast().create().stop();
    Path data = library.home().resolve("volumes").resolve(branch.id()).resolve("data");
    Path away = Files.move(data.resolve("PG_VERSION"), data.resolve("away"));
    try {
      assertThat(bpg.doctor().of(Area.BRANCHES))
          .contains(
              Finding.problem(
                  Area.BRANCHES,
                  "shop/dev: the data folder has no PG_VERSION",
                  "put its data back, or delete the branch"));
    } finally {
      Files.move(away, data.resolve("PG_VERSION"));
    }
  }

  @Test
  void aStorageThatWasAskedForAndDoesNotWorkIsAProblem() throws Exception {
    Path home = Library.reachable(RealStorages.anywhere());
    try (Bpg other =
        Bpg.open(
            BpgConfig.builder()
                .home(home.resolve("home"))
                .processCache(library.cache())
                .storage(StorageType.BTRFS)
                .storagePath(Path.of("/dev/shm/none"))
                .build())) {
      assertThat(other.doctor().of(Area.STORAGE))
          .anyMatch(
              finding ->
                  finding.severity() == Severity.PROBLEM
                      && finding.text().startsWith("btrfs does not work: "));
      Description description = other.describe();
      assertThat(description.storage().name()).isEmpty();
      assertThat(description.toString()).contains("storage none: ");
    } finally {
      Library.delete(home);
    }
  }

  @Test
  void theDescriptionTellsWhatWasPickedAndWhy() {
    Description description = bpg.describe();

    assertThat(description.home()).isEqualTo(library.home());
    assertThat(description.storage().name()).contains(name(storage().type()));
    assertThat(description.storage().reason()).isNotBlank();
    assertThat(description.server().name()).contains(storage().isInDocker() ? "docker" : "process");
    assertThat(description.postgres()).isNotBlank();
    assertThat(description.sources()).isEmpty();
    assertThat(description.toString())
        .startsWith("home: " + library.home() + "\nstorage " + name(storage().type()) + ": ")
        .endsWith("configuration: made in code, or all defaults");
  }

  private static String name(StorageType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
