package dev.bpg.junit5;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL of {@link BranchDriver}.
 *
 * @param name the name of the test's database; empty for the one without a name
 * @param database the SQL database; empty for the branch's own
 * @param parameters what is behind the question mark
 */
record TestUrl(String name, Optional<String> database, Optional<String> parameters) {

  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(BranchDriver.PREFIX) + "(?::([^/?:]+))?(?:/([^?/]*))?(?:\\?(.*))?");

  /** Reads one; empty if it is another driver's. */
  static Optional<TestUrl> parse(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new TestUrl(
            Optional.ofNullable(form.group(1)).orElse(""),
            Optional.ofNullable(form.group(2)).filter(database -> !database.isEmpty()),
            Optional.ofNullable(form.group(3)).filter(parameters -> !parameters.isEmpty())));
  }

  /** The URL of the same on a server. */
  String on(String branchUrl) {
    int question = branchUrl.indexOf('?');
    String server = question < 0 ? branchUrl : branchUrl.substring(0, question);
    Optional<String> own =
        question < 0 ? Optional.empty() : Optional.of(branchUrl.substring(question + 1));
    String place =
        database.map(d -> server.substring(0, server.lastIndexOf('/') + 1) + d).orElse(server);
    String all =
        own.map(o -> parameters.map(p -> o + "&" + p).orElse(o)).or(() -> parameters).orElse("");
    return all.isEmpty() ? place : place + "?" + all;
  }

  @Override
  public String toString() {
    return BranchDriver.PREFIX + (name.isEmpty() ? "" : ":" + name);
  }
}
