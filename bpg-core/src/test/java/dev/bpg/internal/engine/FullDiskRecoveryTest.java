package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.error.UnavailableException;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.SmallDisk;
import dev.bpg.testing.Sql;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A recovery whose disk becomes full. */
class FullDiskRecoveryTest {

  private static final int MEGABYTES = 300;

  // What a recovery takes at least beside the clone: the table.
  private static final int ROWS = 25_000;
  private static final long REPLAYED = ROWS * 1000;

  @Test
  void aRecoveryWhoseDiskBecomesFullSaysSoAndLeavesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(MEGABYTES);
        Bpg bpg = disk.home().open()) {
      PostgresHome home = disk.home();
      Branch main = bpg.createDatabase("api").main();
      main.archive().enable();
      long clone = disk.space();
      bpg.from("api/main").named("measured").create();
      clone -= disk.space();
      bpg.getBranch("api/measured").delete();
      PostgresHome.fill(main);
      Sql.execute(
          main,
          "CREATE TABLE big AS SELECT n, repeat('x', 1000) AS pad"
              + " FROM generate_series(1, "
              + ROWS
              + ") n");
      String end = Sql.query(main, "SELECT pg_current_wal_insert_lsn()");
      bpg.from("api/main").atLsn(end).create().delete();

      Set<String> ids = home.strays().ids();
      for (long beside : new long[] {-clone / 2, 0, REPLAYED / 2}) {
        disk.fillUpTo(clone + beside);
        long space = disk.space();
        assertThatThrownBy(() -> bpg.from("api/main").atLsn(end).named("then").create())
            .as("with %d beside %d", beside, clone)
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("o space")
            .hasMessageContaining("\nHINT: free ");
        // The parent's own WAL has gone on meanwhile.
        assertThat(disk.space()).isGreaterThan(space - clone / 2);
        assertThat(home.strays().find()).isEmpty();
        assertThat(home.strays().ids()).isEqualTo(ids);
        assertThat(bpg.listBranches()).extracting(Branch::name).containsExactly("api/main");
        disk.relieve();
      }
      Branch then = bpg.from("api/main").atLsn(end).named("then").create();
      assertThat(PostgresHome.rows(then)).isEqualTo(1000);
      assertThat(PostgresHome.rows(main)).isEqualTo(1000);
    }
  }
}
