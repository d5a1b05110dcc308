package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Template;
import dev.bpg.error.UnavailableException;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.SmallDisk;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home on a file system of its own that becomes full. */
class FullDiskTest {

  // Room for one cluster of about 40 MB and half of another one.
  private static final int MEGABYTES = 72;

  private @Nullable SmallDisk disk;

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void nothingIsLeftAndAllWorksAgainWhenThereIsSpace() throws Exception {
    disk = SmallDisk.mount(MEGABYTES);
    PostgresHome home = disk.home();
    try (Bpg bpg = home.open()) {
      bpg.createDatabase("api");
      Branch main = bpg.getBranch("api/main");
      PostgresHome.fill(main);
      main.restart();
      Set<String> ids = home.strays().ids();
      disk.fillUpTo(8_000_000);
      assertThatThrownBy(() -> bpg.from("api/main").named("new").create())
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("HINT: ")
          .hasMessageContaining("space");
      assertThat(home.strays().find()).isEmpty();
      assertThat(home.strays().ids()).isEqualTo(ids);
      assertThat(PostgresHome.rows(main)).isEqualTo(1000);
      disk.relieve();
      Branch made = bpg.from("api/main").named("new").create();
      assertThat(PostgresHome.rows(made)).isEqualTo(1000);
      made.delete();
    }
  }

  @Test
  void aDiskThatIsFullToTheLastByteIsRelievedByADeletion() throws Exception {
    disk = SmallDisk.mount(MEGABYTES);
    PostgresHome home = disk.home();
    try (Bpg bpg = home.open()) {
      bpg.createDatabase("api");
      PostgresHome.fill(bpg.getBranch("api/main"));
      Branch branch = bpg.from("api/main").named("old").create();
      Set<String> ids = home.strays().ids();
      disk.fillUpTo(0);
      assertThatThrownBy(() -> bpg.from("api/main").named("new").create())
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("HINT: ");
      assertThat(home.strays().find()).isEmpty();
      assertThat(home.strays().ids()).isEqualTo(ids);
      branch.delete();
      assertThat(bpg.listBranches()).extracting(Branch::name).containsExactly("api/main");
      assertThat(home.strays().find()).isEmpty();
      disk.relieve();
      assertThat(PostgresHome.rows(bpg.getBranch("api/main").restart())).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000_000, 60_000_000}) // While it is initialised; while it is filled.
  void aTemplateForWhichThereIsNoSpaceLeavesNothingAndIsMadeOnceThereIsSome(int left)
      throws Exception {
    disk = SmallDisk.mount(2 * MEGABYTES);
    PostgresHome home = disk.home();
    try (Bpg bpg = home.open()) {
      disk.fillUpTo(left);
      assertThatThrownBy(() -> template(bpg))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("HINT: free some space on ");
      assertThat(bpg.listDatabases()).isEmpty();
      assertThat(home.strays().find()).isEmpty();
      disk.relieve();
      assertThat(template(bpg).database().main().snapshots()).hasSize(1);
    }
  }

  private static Template template(Bpg bpg) {
    return bpg.newDatabase("items")
        .initialSql("CREATE TABLE items AS SELECT repeat('x', 1000) FROM generate_series(1, 30000)")
        .template("v1");
  }
}
