package dev.bpg.model;

/**
 * The build of Postgres that made a data folder and has to run it. Two builds of one major may
 * differ in their collation library, which silently damages indexes, so a folder stays with the
 * kind of build that made it.
 *
 * @param major the major version, such as 17; a data folder belongs to one major
 * @param version the full version, such as {@code 17.11}
 * @param origin where the binaries come from: {@code embedded}, {@code system}, or {@code
 *     folder:<path>}
 */
public record PostgresBuild(int major, String version, String origin) {

  /** The oldest major version that bpg runs. */
  public static final int OLDEST = 14;

  /** The newest major version that bpg runs. */
  public static final int NEWEST = 18;

  @Override
  public String toString() {
    return "Postgres " + version + " (" + origin + ")";
  }
}
