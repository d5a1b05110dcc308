package dev.bpg.junit5;

import dev.bpg.error.RefusedException;

/** Migration tools, which the tests that use them bring along. */
enum OptionalTool {
  FLYWAY("Flyway", "org.flywaydb.core.Flyway", "org.flywaydb:flyway-database-postgresql"),
  LIQUIBASE("Liquibase", "liquibase.Liquibase", "org.liquibase:liquibase-core");

  private final String title;
  private final String type;
  private final String artifact;

  OptionalTool(String title, String type, String artifact) {
    this.title = title;
    this.type = type;
    this.artifact = artifact;
  }

  /**
   * Returns if it is there.
   *
   * @throws RefusedException if it is not
   */
  void require() {
    try {
      Class.forName(type, false, OptionalTool.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new RefusedException(
          "migrate with",
          title,
          "it is not on the class path",
          "add " + artifact + " to the tests",
          e);
    }
  }
}
