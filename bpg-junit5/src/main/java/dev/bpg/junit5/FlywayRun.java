package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Where Flyway is called; loaded only where it is there. */
final class FlywayRun {

  private FlywayRun() {}

  /**
   * Migrates a database.
   *
   * @throws RefusedException if a migration fails, with Flyway's own words
   */
  static void migrate(List<String> locations, ClassLoader loader, DataSource dataSource) {
    try {
      Flyway.configure(loader)
          .dataSource(dataSource)
          .locations(locations.toArray(String[]::new))
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new RefusedException(
          "migrate with Flyway",
          String.join(", ", locations),
          String.valueOf(e.getMessage()).strip(),
          "correct the migration",
          e);
    }
  }
}
