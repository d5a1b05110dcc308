package dev.bpg.model;

import dev.bpg.error.RefusedException;
import java.util.regex.Pattern;

/**
 * The name of a branch: {@code database/branch}.
 *
 * <p>Each side is 1 to 63 of {@code a-z A-Z 0-9 _ -} and does not begin with {@code -}. Names are
 * for people; nothing on a disk, in Docker or in ZFS is named by joining them.
 *
 * @param database the database's name
 * @param branch the branch's name within it
 */
public record BranchName(String database, String branch) implements Comparable<BranchName> {

  /** The branch that every database has exactly one of. */
  public static final String MAIN = "main";

  private static final Pattern PART = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62}");

  private static final String RULE =
      "use 1 to 63 of a-z A-Z 0-9 _ - on each side of exactly one '/', not beginning with '-'";

  /**
   * Checks both parts.
   *
   * @throws RefusedException if either breaks the rule
   */
  public BranchName {
    check("branch", database, database + "/" + branch);
    check("branch", branch, database + "/" + branch);
  }

  /**
   * Parses {@code database/branch}.
   *
   * @throws RefusedException if the text is not exactly two valid parts around one slash
   */
  public static BranchName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw refused("branch", text, "it has no '/'");
    }
    if (text.indexOf('/', slash + 1) >= 0) {
      throw refused("branch", text, "it has more than one '/'");
    }
    check("branch", text.substring(0, slash), text);
    check("branch", text.substring(slash + 1), text);
    return new BranchName(text.substring(0, slash), text.substring(slash + 1));
  }

  /**
   * The main branch of a database.
   *
   * @throws RefusedException if the database's name breaks the rule
   */
  public static BranchName main(String database) {
    check("database", database, database);
    return new BranchName(database, MAIN);
  }

  /** A branch of the same database under another name. */
  public BranchName sibling(String other) {
    return new BranchName(database, other);
  }

  /** Whether this is its database's main branch. */
  public boolean isMain() {
    return branch.equals(MAIN);
  }

  private static void check(String kind, String part, String whole) {
    if (!PART.matcher(part).matches()) {
      throw refused(kind, whole, reason(part));
    }
  }

  private static String reason(String part) {
    if (part.isEmpty()) {
      return "a part of it is empty";
    }
    if (part.length() > 63) {
      return "a part of it has " + part.length() + " characters";
    }
    return part.startsWith("-")
        ? "a part of it begins with '-'"
        : "it has a character outside a-z A-Z 0-9 _ -";
  }

  private static RefusedException refused(String kind, String text, String reason) {
    return new RefusedException("use the " + kind + " name", quote(text), reason, RULE);
  }

  // Control characters of a hostile name must not reach a terminal or break a log line.
  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .limit(100)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '"' || c == '\\') {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append(text.codePointCount(0, text.length()) > 100 ? "…\"" : "\"").toString();
  }

  @Override
  public int compareTo(BranchName other) {
    int byDatabase = database.compareTo(other.database);
    return byDatabase != 0 ? byDatabase : branch.compareTo(other.branch);
  }

  /** {@code database/branch}, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return database + "/" + branch;
  }
}
