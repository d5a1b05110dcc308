package dev.bpg.junit5;

import dev.bpg.DatabaseBuilder;

/** One step of making a database: a script or Java code. Immutable. */
interface SourceStep {

  /** What it is for a test class, whose package is where its resources are looked for first. */
  Loaded load(Class<?> testClass);

  /**
   * A step with all that it depends on.
   *
   * @param name what people call it
   * @param content what a change of makes it another step
   * @param addTo adds it to a new database
   */
  record Loaded(String name, byte[] content, Addition addTo) {}

  /** Adds a step to a new database. */
  interface Addition {
    void to(DatabaseBuilder database);
  }
}
