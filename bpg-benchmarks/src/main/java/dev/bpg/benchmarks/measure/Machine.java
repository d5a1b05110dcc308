package dev.bpg.benchmarks.measure;

/** What the measurements were taken on. */
final class Machine {

  private Machine() {}

  static String description() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " ("
        + System.getProperty("os.arch")
        + "), "
        + Runtime.getRuntime().availableProcessors()
        + " processors, Java "
        + System.getProperty("java.version");
  }
}
