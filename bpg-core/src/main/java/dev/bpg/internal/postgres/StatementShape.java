package dev.bpg.internal.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the words and parentheses of a statement say of it so far: whether a semicolon may end it,
 * and how it has to be sent. Only words outside of quotes and comments count.
 *
 * <p>The body of a SQL-standard function has semicolons of its own. As psql does (psqlscan.l,
 * "identifier"), BEGIN and CASE are paired with END in what starts as CREATE [OR REPLACE] FUNCTION
 * or PROCEDURE.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createfunction.html">CREATE
 *     FUNCTION</a>
 */
final class StatementShape {

  private static final Set<String> STANDARD_STREAMS = Set.of("stdin", "stdout");

  private final List<String> firstWords = new ArrayList<>(4);
  private String lastWord = "";
  private SqlStatement.Kind kind = SqlStatement.Kind.QUERY;
  private int parentheses;
  private int blocks;

  /** Takes the next word, in lower case. */
  void word(String word) {
    if (firstWords.size() < 4) {
      firstWords.add(word);
    }
    if (parentheses > 0) {
      return;
    }
    if (makesRoutine()) {
      block(word);
    } else if (firstWords.get(0).equals("copy") && STANDARD_STREAMS.contains(word)) {
      copy();
    }
    lastWord = word;
  }

  /** Takes an opening parenthesis. */
  void open() {
    parentheses++;
  }

  /** Takes a closing parenthesis. */
  void close() {
    parentheses = Math.max(0, parentheses - 1);
  }

  /** Whether a semicolon ends the statement here. */
  boolean mayEnd() {
    return parentheses == 0 && blocks == 0;
  }

  /** How the statement has to be sent. */
  SqlStatement.Kind kind() {
    return kind;
  }

  private boolean makesRoutine() {
    if (firstWords.size() < 2 || !firstWords.get(0).equals("create")) {
      return false;
    }
    boolean replaces =
        firstWords.size() == 4
            && firstWords.get(1).equals("or")
            && firstWords.get(2).equals("replace");
    String made = firstWords.get(replaces ? 3 : 1);
    return made.equals("function") || made.equals("procedure");
  }

  private void block(String word) {
    switch (word) {
      case "begin" -> blocks++;
      // CASE ends with END too, but is only of interest within a body.
      case "case" -> blocks += blocks > 0 ? 1 : 0;
      case "end" -> blocks = Math.max(0, blocks - 1);
      default -> {}
    }
  }

  /** Postgres takes STDIN and STDOUT for one another: the direction decides. */
  private void copy() {
    if (lastWord.equals("from")) {
      kind = SqlStatement.Kind.COPY_IN;
    } else if (lastWord.equals("to")) {
      kind = SqlStatement.Kind.COPY_OUT;
    }
  }
}
