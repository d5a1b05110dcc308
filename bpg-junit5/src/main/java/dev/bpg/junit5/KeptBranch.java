package dev.bpg.junit5;

import dev.bpg.TemporaryBranch;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells people of a branch that was kept, without its password, which has no place in a log: how to
 * connect to it, and how to get there again.
 *
 * @param branch the branch
 * @param lookup Java code that finds it again
 * @param owner whose it was
 * @param failed whether that is because of a failure
 */
record KeptBranch(TemporaryBranch branch, String lookup, String owner, boolean failed) {

  /** Reports it once to people, on standard error, and once to whatever reads JUnit's reports. */
  void report(ExtensionContext context) {
    context.publishReportEntry(
        Map.of("bpg.kept.branch", branch.name(), "bpg.kept.url", branch.getJdbcUrl()));
    // Surefire shows no report entries, and a test suite need not have a logger.
    System.err.println(text(context));
  }

  private String text(ExtensionContext context) {
    return String.join(
        System.lineSeparator(),
        "bpg: kept the branch of " + owner + (failed ? ", which failed" : ""),
        "  branch     " + branch.name(),
        "  made of    " + source(),
        "  JDBC URL   " + branch.getJdbcUrl(),
        "  psql       " + psql(),
        "  user       " + branch.getUsername(),
        "  password   " + lookup + ".getPassword()",
        "  run again  mvn test -Dtest='" + selection(context) + "'",
        "  unique id  " + context.getUniqueId(),
        "  delete     " + lookup + ".delete()");
  }

  private String source() {
    return branch.parent().orElseThrow()
        + branch.origin().snapshot().map(id -> ", snapshot " + id).orElse("");
  }

  // libpq's words: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
  private String psql() {
    Stream<String> server =
        Stream.of(
            "host=" + branch.getHost(),
            "port=" + branch.getPort(),
            "user=" + branch.getUsername(),
            "dbname=" + branch.getDatabaseName());
    Stream<String> tls =
        branch.certificateAuthority().stream()
            .flatMap(file -> Stream.of("sslmode=verify-full", "sslrootcert='" + file + "'"));
    return Stream.concat(server, tls).collect(Collectors.joining(" ", "psql \"", "\""));
  }

  // As Surefire's parameter "test" wants it; a shell would take the $ of a nested class.
  private String selection(ExtensionContext context) {
    return context.getTestClass().map(Class::getName).orElse("*")
        + context.getTestMethod().map(method -> "#" + method.getName()).orElse("");
  }
}
