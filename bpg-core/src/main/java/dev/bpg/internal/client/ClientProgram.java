package dev.bpg.internal.client;

import java.nio.file.Path;

/**
 * One of Postgres' client programs on this machine.
 *
 * @param name such as {@code pg_restore}
 * @param path the executable file
 * @param major the major version
 * @param version the whole version, such as {@code 17.2}
 */
public record ClientProgram(String name, Path path, int major, String version) {

  /** {@code pg_restore 17.2}. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
