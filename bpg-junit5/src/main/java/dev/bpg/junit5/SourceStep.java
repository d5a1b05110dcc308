package dev.bpg.junit5;

import dev.bpg.DatabaseBuilder;

/** One step of making a template: scripts, Java code, migrations, a dump. An immutable value. */
interface SourceStep {

  /** What it is for a test class, whose package is where its resources are looked for first. */
  Loaded load(Class<?> testClass);

  /**
   * Whether its files are read once more when it is carried out, so that they may be others by then
   * than those that were loaded.
   */
  default boolean isReadAgain() {
    return false;
  }

  /**
   * A step with all that it depends on.
   *
   * @param kind what kind of step it is
   * @param hash of its content: what a change of makes it another step
   * @param addTo adds it to a new database
   */
  record Loaded(String kind, String hash, Addition addTo) {}

  /** Adds a step to a new database. */
  interface Addition {
    void to(DatabaseBuilder database);
  }
}
