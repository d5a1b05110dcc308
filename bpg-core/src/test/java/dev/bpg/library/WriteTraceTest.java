package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.TemporaryBranch;
import dev.bpg.internal.postgres.WriteTrace;
import dev.bpg.testing.Library;
import dev.bpg.testing.TestStorage;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of writing without the server. */
class WriteTraceTest extends LibraryContract {

  private TemporaryBranch branch;
  private Path data;

  @Override
  protected TestStorage storage() {
    return TestStorage.COPY;
  }

  @BeforeEach
  void branch() throws Exception {
    branch = bpg.from(Library.SHOP).createTemporary();
    data = library.data(branch);
    // Rows that nobody has read: whoever does first sets hints, which are written with checksums.
    execute(branch, "CREATE TABLE fresh AS SELECT generate_series(1, 1000) AS id");
    execute(branch, "CHECKPOINT");
  }

  @AfterEach
  void close() {
    if (branch != null) {
      branch.close();
    }
  }

  @Test
  void whatIsCommittedIsSeenBehindWhatReadersWrote() throws Exception {
    WriteTrace trace = trace();
    String before = query(branch, "SELECT pg_current_wal_insert_lsn()");
    assertThat(query(branch, "SELECT count(*) FROM fresh")).isEqualTo("1000");
    assertThat(query(branch, "SELECT pg_current_wal_insert_lsn()")).isNotEqualTo(before);
    assertThat(trace.isOvertaken(data)).isFalse();

    execute(branch, "DELETE FROM fresh WHERE id = 7");
    assertThat(trace.isOvertaken(data)).isTrue();
    assertThat(trace().isOvertaken(data)).isFalse();
  }

  @Test
  void nothingIsSeenWhereTheLogIsGone(@TempDir Path empty) throws Exception {
    WriteTrace trace = trace();
    execute(branch, "DELETE FROM fresh WHERE id = 7");
    assertThat(trace.isOvertaken(empty)).isFalse();
  }

  private WriteTrace trace() throws Exception {
    try (Connection connection = branch.dataSource().getConnection()) {
      return WriteTrace.of(connection, data).orElseThrow();
    }
  }
}
