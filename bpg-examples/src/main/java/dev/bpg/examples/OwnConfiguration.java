package dev.bpg.examples;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import java.nio.file.Path;
import java.time.Duration;

/** A service with a configuration and a home folder of its own. */
public final class OwnConfiguration {

  private OwnConfiguration() {}

  /**
   * Makes the database {@code orders} and its branch {@code orders/report}.
   *
   * @param args the home folder
   */
  public static void main(String[] args) {
    Path home = Path.of(args[0]);
    // tag::own-configuration
    BpgConfig config =
        BpgConfig.builder()
            .home(home)
            .storage(StorageType.AUTO)
            .startTimeout(Duration.ofSeconds(30))
            .setting("work_mem", "16MB")
            .build();
    try (Bpg bpg = Bpg.open(config)) {
      bpg.createDatabase("orders");
      Branch report = bpg.from("orders/main").named("report").create();
      report.restart();
    }
    // The servers of both branches keep running: neither is temporary.
    // end::own-configuration
  }
}
