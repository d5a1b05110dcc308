package dev.bpg.model;

import dev.bpg.error.RefusedException;

/**
 * How a dump is restored into a new database.
 *
 * @param database the SQL database that it goes into; made if it does not exist
 * @param jobs how many tables are loaded and indexes made at once
 * @param owners whether objects get the owners and privileges that they had; their roles have to
 *     exist then
 */
public record RestoreOptions(String database, int jobs, boolean owners) {

  private static final int MOST_JOBS = 64;
  private static final int DEFAULT_JOBS = 4;

  /**
   * Checks the values.
   *
   * @throws RefusedException if the number of jobs is not 1 to 64, or the database has no name
   */
  public RestoreOptions {
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new RefusedException(
          "restore with", jobs + " jobs", "it takes 1 to " + MOST_JOBS, "name one of these");
    }
    if (database.isBlank()) {
      throw new RefusedException(
          "restore into", "an SQL database", "it has no name", "name one, such as postgres");
    }
  }

  /**
   * Into the database {@code postgres}, with owners, by four jobs, or fewer on fewer processors.
   */
  public static RestoreOptions defaults() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new RestoreOptions("postgres", Math.min(DEFAULT_JOBS, processors), true);
  }

  /** The same into another SQL database of the cluster, which is made if it does not exist. */
  public RestoreOptions into(String sqlDatabase) {
    return new RestoreOptions(sqlDatabase, jobs, owners);
  }

  /** The same with another number of jobs, 1 to 64. A plain dump and a tar file take one. */
  public RestoreOptions withJobs(int number) {
    return new RestoreOptions(database, number, owners);
  }

  /** The same with everything owned by {@code postgres}, and nobody else's privileges. */
  public RestoreOptions withoutOwners() {
    return new RestoreOptions(database, jobs, false);
  }
}
