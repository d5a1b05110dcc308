package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.testing.Library;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest extends CopyContract {

  @Test
  void aBranchInheritsSettingsAndOverridesThem() throws Exception {
    Branch parent =
        bpg.from(Library.SHOP)
            .settings(Map.of("work_mem", "5MB", "random_page_cost", "1.5"))
            .setting("app.tenant", "it's \"one\"")
            .create();

    Branch child = parent.branch().setting("WORK_MEM", "7MB").create();

    assertThat(query(parent, "SHOW work_mem")).isEqualTo("5MB");
    assertThat(query(child, "SHOW work_mem")).isEqualTo("7MB");
    assertThat(query(child, "SHOW random_page_cost")).isEqualTo("1.5");
    assertThat(query(child, "SHOW app.tenant")).isEqualTo("it's \"one\"");
    assertThat(child.settings())
        .containsExactly(
            Map.entry("app.tenant", "it's \"one\""),
            Map.entry("random_page_cost", "1.5"),
            Map.entry("work_mem", "7MB"));
    assertThat(query(child.restart(), "SHOW work_mem")).isEqualTo("7MB");
  }

  @Test
  void settingsBeatAlterSystemOfTheParent() throws Exception {
    Branch parent = parent();
    execute(parent, "ALTER SYSTEM SET work_mem = '9MB'");
    execute(parent, "ALTER SYSTEM SET archive_command = 'touch /nowhere/%f'");
    execute(parent, "ALTER SYSTEM SET archive_mode = 'on'");

    Branch child = parent.branch().setting("work_mem", "7MB").create();

    assertThat(query(child, "SHOW work_mem")).isEqualTo("7MB");
    assertThat(query(child, "SHOW archive_mode")).isEqualTo("off");
    assertThat(query(child.branch().create(), "SHOW maintenance_work_mem")).isEqualTo("64MB");
  }

  @Test
  void configuredSettingsAreThoseOfNewDatabases() throws Exception {
    try (dev.bpg.Bpg own = dev.bpg.Bpg.open(library.config().setting("work_mem", "6MB").build())) {
      Database api = own.newDatabase("api").setting("random_page_cost", "1.1").create();

      assertThat(query(api.main(), "SHOW work_mem")).isEqualTo("6MB");
      assertThat(query(api.branch().create(), "SHOW random_page_cost")).isEqualTo("1.1");
    }
  }

  @Test
  void whatPostgresRefusesFailsTheBranchWithItsOwnWords() throws Exception {
    assertThatThrownBy(
            () -> bpg.from(Library.SHOP).named("bad").setting("work_mem", "banana").create())
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith("cannot start the server of shop/bad: Postgres ended; it wrote:\n")
        .hasMessageContaining("invalid value for parameter \"work_mem\": \"banana\"")
        .hasMessageEndingWith("\nHINT: correct what its last line names, then start it again");
    assertThatThrownBy(() -> bpg.from(Library.SHOP).setting("nonexistent_setting", "1").create())
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("unrecognized configuration parameter \"nonexistent_setting\"");
    assertThatThrownBy(() -> bpg.newDatabase("api").setting("work_mem", "banana").create())
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("invalid value for parameter \"work_mem\": \"banana\"");

    assertNothingChanged();
  }

  @Test
  void settingsThatBpgNeedsAreRefused() {
    assertThatThrownBy(() -> bpg.from(Library.SHOP).setting("Port", "5432"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the server setting port: bpg manages this setting itself\n"
                + "HINT: leave it out and ask the branch for its port");
    assertThatThrownBy(() -> bpg.newDatabase("api").setting("listen_addresses", "*"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the server setting listen_addresses: bpg manages this setting itself\n"
                + "HINT: leave it out: servers listen on 127.0.0.1 only");
  }

  @Test
  void aParentWithoutReplicationSlotsIsBranchedAllTheSame() throws Exception {
    Branch parent = bpg.from(Library.SHOP).setting("max_replication_slots", "0").create();

    assertThat(query(parent.branch().create(), "SELECT count(*) FROM orders")).isEqualTo("5000");
  }

  @Test
  void aParentThatCannotBeBackedUpSaysWhyAndIsBranchedWhenStopped() throws Exception {
    Branch parent =
        bpg.from(Library.SHOP)
            .named("minimal")
            .settings(Map.of("wal_level", "minimal", "max_wal_senders", "0"))
            .create();

    assertThatThrownBy(() -> parent.branch().create())
        .isInstanceOf(dev.bpg.error.UnavailableException.class)
        .hasMessageContaining("cannot back up the running branch shop/minimal: ERROR: ")
        .hasMessageEndingWith(
            "\nHINT: stop it first and branch it while it is stopped: that needs no backup");
    assertThat(query(parent.stop().branch().create(), "SELECT count(*) FROM orders"))
        .isEqualTo("5000");
  }
}
