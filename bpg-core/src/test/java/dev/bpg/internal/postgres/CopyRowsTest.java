package dev.bpg.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CopyRowsTest {

  private static final String COPY = "COPY t FROM stdin;";

  @Test
  void takesTheLinesUpToTheEndMark() throws IOException {
    assertThat(rows(COPY + "\na\t\\N\n'; \\x\n\\.\nSELECT 1;")).isEqualTo("a\t\\N\n'; \\x\n");
  }

  @Test
  void goesOnBehindTheEndMark() throws IOException {
    ScriptInput input = input(COPY + "  -- rows\r\na\r\n\\.\r\nSELECT 1;");
    SqlStatementReader reader = new SqlStatementReader(input);
    reader.next(true);
    assertThat(drain(input)).isEqualTo("a\r\n");
    assertThat(reader.next(true))
        .isEqualTo(new SqlStatement("SELECT 1", 4, SqlStatement.Kind.QUERY));
  }

  @Test
  void onlyALineOfItsOwnIsAnEndMark() throws IOException {
    String rows = " \\.\n\\\\.\n\\.x\nx\\.\n";
    assertThat(rows(COPY + "\n" + rows + "\\.\nx")).isEqualTo(rows);
  }

  @Test
  void theEndOfTheScriptEndsTheRows() throws IOException {
    assertThat(rows(COPY + "\na\nb")).isEqualTo("a\nb");
    assertThat(rows(COPY + "\na\n\\.")).isEqualTo("a\n");
    assertThat(rows(COPY)).isEmpty();
  }

  @Test
  void rowsMayBeNone() throws IOException {
    assertThat(rows(COPY + "\n\\.\n")).isEmpty();
  }

  @Test
  void comesInPiecesHoweverLongALineIs() throws IOException {
    String line = "é".repeat(200_000) + "\\.\n";
    ScriptInput input = input(COPY + "\n" + line + line + "\\.\n");
    new SqlStatementReader(input).next(true);
    CopyRows rows = new CopyRows(input);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer bytes;
    while ((bytes = rows.next()) != null) {
      assertThat(bytes.remaining()).isBetween(1, ScriptInput.CHUNK);
      all.write(bytes.array(), bytes.position(), bytes.remaining());
    }
    assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(line + line);
  }

  @Test
  void aLineThatOnlySeemsToBeginAtAPieceIsNoEndMark() throws IOException {
    String line = "x".repeat(ScriptInput.CHUNK) + "\\.\n";
    assertThat(rows(COPY + "\n" + line + "\\.\n")).isEqualTo(line);
  }

  @Test
  void refusesAStatementOnTheLineOfTheCopy() {
    assertThatThrownBy(() -> rows("\n" + COPY + " SELECT 1;\na\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run a.sql:2: something follows COPY … FROM STDIN on its line\n"
                + "HINT: move it below the line \\. that ends the rows");
  }

  private static String rows(String script) throws IOException {
    ScriptInput input = input(script);
    new SqlStatementReader(input).next(true);
    return drain(input);
  }

  private static String drain(ScriptInput input) throws IOException {
    CopyRows rows = new CopyRows(input);
    StringBuilder all = new StringBuilder();
    ByteBuffer bytes;
    while ((bytes = rows.next()) != null) {
      all.append(StandardCharsets.UTF_8.decode(bytes));
    }
    return all.toString();
  }

  private static ScriptInput input(String script) throws IOException {
    return new ScriptInput(
        "a.sql", new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)));
  }
}
