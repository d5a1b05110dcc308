package dev.bpg.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT 'it''s;'",
        "SELECT 'a\\', ';'",
        "SELECT E'a\\';b'",
        "SELECT e'it''s\\';'",
        "SELECT E'a' \n -- '; \n 'b\\'c;'",
        "SELECT U&'\\', ';', B'01', X'1f', N';'",
        "SELECT \"a;b\"\"c;\"",
        "SELECT $$;$a$;$$",
        "SELECT $a$;$$;$b$;$a$",
        "SELECT $é$;$é$",
        "SELECT 1 -- ; '",
        "SELECT 1 /* ; /* ; */ ; ' */ + 1",
        "SELECT 1 +/* ; */ 1",
        "CREATE RULE r AS ON DELETE TO t DO (SELECT 1; SELECT 2)"
      })
  void aSemicolonWithinEndsNothing(String statement) throws IOException {
    assertThat(texts(statement + "\n;SELECT 2", true))
        .containsExactly(statement + "\n", "SELECT 2");
  }

  @Test
  void aBackslashEscapesInPlainStringsOfNonStandardSessionsOnly() throws IOException {
    assertThat(texts("SELECT 'a\\';b'", false)).containsExactly("SELECT 'a\\';b'");
    assertThat(texts("SELECT 'a\\';b", true)).containsExactly("SELECT 'a\\'", "b");
    assertThat(texts("SELECT B'\\';b", false)).containsExactly("SELECT B'\\'", "b");
  }

  @Test
  void aDollarWithinANameOrBeforeANumberQuotesNothing() throws IOException {
    assertThat(texts("SELECT 1 AS a$b$; SELECT 2 AS c$b$; EXECUTE $1; SELECT $1", true))
        .containsExactly("SELECT 1 AS a$b$", "SELECT 2 AS c$b$", "EXECUTE $1", "SELECT $1");
  }

  @Test
  void aPrefixWithinANameDoesNotMakeAnEscapeString() throws IOException {
    assertThat(texts("SELECT date'a\\';b", true)).containsExactly("SELECT date'a\\'", "b");
  }

  @Test
  void theBodyOfAStandardFunctionIsPartOfItsStatement() throws IOException {
    String function =
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC"
            + " SELECT CASE WHEN true THEN 1 END; SELECT 2; END";
    String procedure = "create procedure p() begin atomic insert into t values (1); end";
    assertThat(texts(function + ";" + procedure + ";SELECT 1", true))
        .containsExactly(function, procedure, "SELECT 1");
  }

  @Test
  void beginAndCaseElsewhereHoldNothingTogether() throws IOException {
    assertThat(texts("BEGIN; SELECT CASE 1 WHEN 1 THEN 2 END; COMMIT", true))
        .containsExactly("BEGIN", "SELECT CASE 1 WHEN 1 THEN 2 END", "COMMIT");
    assertThat(texts("CREATE FUNCTION \"begin\"() AS ''; SELECT 1", true))
        .containsExactly("CREATE FUNCTION \"begin\"() AS ''", "SELECT 1");
  }

  @Test
  void emptyStatementsAndCommentsBetweenArePassedOver() throws IOException {
    assertThat(texts(" ;; -- a;\n/* b; /* c */ */ ; SELECT 1;\n-- end", true))
        .containsExactly("SELECT 1");
    assertThat(texts("", true)).isEmpty();
  }

  @Test
  void aQuoteLeftOpenIsLeftToPostgres() throws IOException {
    assertThat(texts("SELECT 'a; SELECT 1", true)).containsExactly("SELECT 'a; SELECT 1");
    assertThat(texts("SELECT $$a; SELECT 1", true)).containsExactly("SELECT $$a; SELECT 1");
    assertThat(texts("SELECT 1 /* a; ", true)).containsExactly("SELECT 1 /* a; ");
    assertThat(texts("SELECT \"a; ", true)).containsExactly("SELECT \"a; ");
  }

  @Test
  void aStatementKnowsTheLineItBeganOnAndThoseWithinIt() throws IOException {
    List<SqlStatement> read = read("SELECT\r\n1;\r\n\r\n-- x\r\nSELECT '🐘\n'\n, x;", true);
    assertThat(read).extracting(SqlStatement::line).containsExactly(1L, 5L);
    assertThat(read.get(1).lineOf(0)).isEqualTo(5);
    assertThat(read.get(1).lineOf(11)).isEqualTo(6);
    assertThat(read.get(1).lineOf(15)).isEqualTo(7);
    assertThat(read.get(1).lineOf(1000)).isEqualTo(7);
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(texts("\uFEFFSELECT 1", true)).containsExactly("SELECT 1");
  }

  @Test
  void aStatementMayBeLongerThanTheBuffer() throws IOException {
    String first = "SELECT '" + "é;".repeat(100_000) + "'";
    String second = "SELECT $q$" + ";\n".repeat(100_000) + "$q$";
    List<SqlStatement> read = read(first + ";" + second + ";\nSELECT 1", true);
    assertThat(read).extracting(SqlStatement::text).containsExactly(first, second, "SELECT 1");
    assertThat(read.get(2).line()).isEqualTo(100_002);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM STDIN",
        "copy\tpublic.t (a, \"from\")\nfrom -- x\n stdin",
        "CoPy t FROM/**/StdIn WITH (FORMAT csv, HEADER, NULL 'to stdout')",
        "COPY t FROM STDOUT CSV",
        "COPY BINARY t FROM stdin WHERE a > 1"
      })
  void rowsFollowACopyFromStdin(String copy) throws IOException {
    assertThat(read(copy, true).get(0).kind()).isEqualTo(SqlStatement.Kind.COPY_IN);
  }

  @Test
  void noRowsFollowAnyOtherCopy() throws IOException {
    assertThat(read("COPY t TO STDOUT; COPY (SELECT a FROM stdin) TO stdout", true))
        .extracting(SqlStatement::kind)
        .containsOnly(SqlStatement.Kind.COPY_OUT);
    assertThat(read("COPY t FROM '/from stdin'; COPY t FROM \"stdin\"; SELECT 1 FROM stdin", true))
        .extracting(SqlStatement::kind)
        .containsOnly(SqlStatement.Kind.QUERY);
  }

  @Test
  void theCommandsThatPgDumpWritesAroundADumpAreIgnored() throws IOException {
    List<SqlStatement> read = read("--\n\\restrict a;b'\r\nSELECT 1;\n\\unrestrict a;b'", true);
    assertThat(read).containsExactly(new SqlStatement("SELECT 1", 3, SqlStatement.Kind.QUERY));
  }

  @Test
  void refusesAnyOtherPsqlCommand() {
    assertThatThrownBy(() -> texts("SELECT 1;\n\\connect other\n", true))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run a.sql:2: it uses the psql command \\connect, which needs psql\n"
                + "HINT: remove that line, or use pg_dump without it");
    assertThatThrownBy(() -> texts("SELECT 1 \\gexec\n", true))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it uses the psql command \\gexec, which needs psql");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin = "SELECT 1;\nSELECT '\n\u00e9'".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] bytes : List.of(latin, "SELECT 1;\nSELECT '\n\0'".getBytes())) {
      assertThatThrownBy(() -> read(bytes, true))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot run a.sql:3: it is not UTF-8 text there\nHINT: save the script as UTF-8;"
                  + " make a dump with pg_dump --encoding=UTF8");
    }
  }

  private static List<String> texts(String script, boolean standardStrings) throws IOException {
    return read(script, standardStrings).stream().map(SqlStatement::text).toList();
  }

  private static List<SqlStatement> read(String script, boolean standardStrings)
      throws IOException {
    return read(script.getBytes(StandardCharsets.UTF_8), standardStrings);
  }

  private static List<SqlStatement> read(byte[] script, boolean standardStrings)
      throws IOException {
    try (ScriptInput input = new ScriptInput("a.sql", new ByteArrayInputStream(script))) {
      SqlStatementReader reader = new SqlStatementReader(input);
      List<SqlStatement> read = new ArrayList<>();
      SqlStatement next;
      while ((next = reader.next(standardStrings)) != null) {
        read.add(next);
      }
      return read;
    }
  }
}
