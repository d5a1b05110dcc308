package dev.bpg.junit5;

import dev.bpg.TemporaryBranch;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells people of a branch that was kept, without its password, which has no place in a log.
 *
 * @param branch the branch
 * @param lookup Java code that finds it again
 * @param testClass whose it was
 * @param failed whether that is because of a failure
 */
record KeptBranch(TemporaryBranch branch, String lookup, String testClass, boolean failed) {

  /** Reports it once to people, on standard error, and once to whatever reads JUnit's reports. */
  void report(ExtensionContext context) {
    context.publishReportEntry(
        Map.of("bpg.kept.branch", branch.name(), "bpg.kept.url", branch.getJdbcUrl()));
    // Surefire shows no report entries, and a test suite need not have a logger.
    System.err.println(text());
  }

  String text() {
    return String.join(
        System.lineSeparator(),
        "bpg: kept the branch of " + testClass + (failed ? ", which failed" : ""),
        "  branch    " + branch.name(),
        "  JDBC URL  " + branch.getJdbcUrl(),
        "  user      " + branch.getUsername(),
        "  password  " + lookup + ".getPassword()",
        "  delete    " + lookup + ".delete()");
  }
}
