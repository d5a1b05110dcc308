package dev.bpg.config;

import dev.bpg.error.RefusedException;
import dev.bpg.model.PostgresBuild;

/** The rule for major versions of Postgres. */
final class MajorVersion {

  static final String HINT =
      "use a number from " + PostgresBuild.OLDEST + " to " + PostgresBuild.NEWEST;

  private MajorVersion() {}

  static int check(int major) {
    if (major < PostgresBuild.OLDEST || major > PostgresBuild.NEWEST) {
      throw new RefusedException(
          "use the major version",
          Integer.toString(major),
          major + " is not a version that bpg runs",
          HINT);
    }
    return major;
  }
}
