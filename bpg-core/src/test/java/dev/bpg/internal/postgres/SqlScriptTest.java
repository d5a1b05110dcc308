package dev.bpg.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.BpgException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class SqlScriptTest {

  @TempDir Path folder;

  @Test
  void refusesAFileThatIsMissing() {
    Path file = folder.resolve("no such.sql");
    assertThatThrownBy(SqlScript.ofFile(file)::open)
        .isInstanceOf(NotFoundException.class)
        .hasMessage("cannot run " + file + ": there is no such file\nHINT: correct the path")
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(SqlScript.ofFile(folder)::open)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run "
                + folder
                + ": it is a folder\nHINT: name a file of SQL; pg_restore -f script.sql makes one"
                + " of a dump in a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "5047444d50010e00, it is a dump in Postgres' custom format, pg_restore -f",
    "746f632e64617400, it is a dump in the tar format, pg_restore -f",
    "1f8b080000000000, it is compressed with gzip, gunzip",
    "28b52ffd00000000, it is compressed with zstd, unzstd",
    "04224d1800000000, it is compressed with lz4, unlz4",
    "fffe530045004c00, it is UTF-16 text, save the script as UTF-8",
    "feff00530045004c, it is UTF-16 text, save the script as UTF-8",
  })
  void refusesWhatIsNotAScript(String hex, String reason, String hint) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ScriptInput input = new ScriptInput("a.sql", new ByteArrayInputStream(bytes));
    assertThatThrownBy(() -> ScriptFormat.check("a.sql", input))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot run a.sql: " + reason)
        .hasMessageContaining("HINT: ")
        .hasMessageContaining(hint);
  }

  @Test
  void tellsInOneLineWhatPostgresSaidAndWhere() throws Exception {
    PSQLException said = said("SERROR\0C23505\0Mtwice\0DKey (i)=(1)\n exists.\0HTry 2.\0P10\0Wx\0");
    assertThat(failure(said, SqlStatement.Kind.QUERY))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot run the SQL text:8: ERROR: twice; detail: Key (i)=(1) exists.; hint: Try 2.\n"
                + "HINT: correct the script")
        .hasCause(said);
  }

  @Test
  void tellsTheRowOfACopy() throws Exception {
    assertThat(failure(said("SERROR\0C22P02\0Mbad\0WCOPY t, line 2\0"), SqlStatement.Kind.COPY_IN))
        .hasMessage(
            "cannot run the SQL text:7: ERROR: bad; at COPY t, line 2\nHINT: correct the script");
  }

  @Test
  void cutsAQuotationThatIsTooLong() throws Exception {
    String message = "SERROR\0C42601\0M" + "🐘".repeat(301) + "\0";
    assertThat(failure(said(message), SqlStatement.Kind.QUERY))
        .hasMessage(
            "cannot run the SQL text:7: ERROR: "
                + "🐘".repeat(300)
                + "…\nHINT: correct the script");
  }

  @Test
  void refusesAnEncodingThatTheDriverCannotFollow() throws Exception {
    PSQLException driver =
        new PSQLException("client_encoding was changed", PSQLState.CONNECTION_FAILURE);
    assertThat(failure(driver, SqlStatement.Kind.QUERY))
        .hasMessage(
            "cannot run the SQL text:7: client_encoding was changed\n"
                + "HINT: make the dump with pg_dump --encoding=UTF8");
  }

  @Test
  void aConnectionThatBreaksIsNotTheScriptsFault() throws IOException {
    PSQLException shutdown = said("SFATAL\0C57P01\0Mshutting down\0");
    PSQLException broken = new PSQLException("broken", PSQLState.CONNECTION_FAILURE);
    assertThat(failure(shutdown, SqlStatement.Kind.QUERY))
        .isInstanceOf(UnavailableException.class)
        .hasCause(shutdown);
    assertThat(failure(broken, SqlStatement.Kind.QUERY))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot run the SQL text:7: the connection failed: broken\n"
                + "HINT: see that the server runs, then run the script again on a fresh database");
  }

  private static PSQLException said(String fields) {
    return new PSQLException(new ServerErrorMessage(fields));
  }

  private static BpgException failure(SQLException e, SqlStatement.Kind kind) throws IOException {
    SqlScript script = SqlScript.ofText("");
    byte[] none = "".getBytes(StandardCharsets.UTF_8);
    ScriptInput input = new ScriptInput(script.toString(), new ByteArrayInputStream(none));
    return StatementFailure.of(e, new SqlStatement("SELECT 1\n+ 'a'", 7, kind), input);
  }
}
