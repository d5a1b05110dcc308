package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.StartFailedException;
import dev.bpg.model.BranchOrigin;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarksTest extends EveryStorageContract {

  private TemporaryBranch branch;

  @BeforeEach
  void makeATemporaryBranch() throws Exception {
    branch = bpg.from(Library.SHOP).fast().createTemporary();
    execute(branch, "CREATE TABLE notes AS SELECT 'none' AS text");
  }

  @Test
  void goesToAndFroBetweenMarksAsOftenAsWanted() throws Exception {
    write(branch, "first");
    branch.mark("a");
    write(branch, "second");
    branch.mark("b");
    write(branch, "third");

    for (String mark : List.of("a", "a", "b", "a", "b")) {
      branch.rewindTo(mark);
      assertThat(text(branch)).isEqualTo(mark.equals("a") ? "first" : "second");
      write(branch, "lost");
    }
    assertThat(branch.marks()).containsExactly("a", "b");
  }

  @Test
  void keepsNamePortPasswordOriginAndEveryHandle() throws Exception {
    Branch other = bpg.getBranch(branch.name());
    BranchOrigin origin = branch.origin();
    int port = branch.getPort();
    String name = branch.name();
    branch.mark("a");
    branch.rotatePassword();
    String password = branch.getPassword();
    write(branch, "lost");

    branch.rewindTo("a");

    for (Branch handle : List.of(branch, other)) {
      assertThat(handle.name()).isEqualTo(name);
      assertThat(handle.getPort()).isEqualTo(port);
      assertThat(handle.getPassword()).isEqualTo(password);
      assertThat(text(handle)).isEqualTo("none");
    }
    assertThat(branch.origin()).isEqualTo(origin);
    assertThat(branch.isTemporary()).isTrue();
  }

  @Test
  void sessionsGoOnThroughAMarkAndEndAtARewind() throws Exception {
    try (Connection session = branch.dataSource().getConnection()) {
      session.setAutoCommit(false);
      execute(session, "UPDATE notes SET text = 'not committed'");
      branch.mark("a");
      session.commit();
      assertThat(text(branch)).isEqualTo("not committed");

      branch.rewindTo("a");

      assertThat(text(branch)).isEqualTo("none");
      assertThatThrownBy(() -> query(session, "SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void setsBackWhateverATestDidToItsServer() throws Exception {
    branch.mark("a");
    execute(branch, "CREATE ROLE test_role LOGIN");
    execute(branch, "CREATE DATABASE test_database");
    execute(branch, "ALTER SYSTEM SET work_mem = '1MB'");
    execute(branch, "DROP TABLE notes");

    branch.rewindTo("a");

    assertThat(text(branch)).isEqualTo("none");
    assertThat(query(branch, "SELECT count(*) FROM pg_roles WHERE rolname = 'test_role'"))
        .isEqualTo("0");
    assertThat(query(branch, "SELECT count(*) FROM pg_database WHERE datname LIKE 'test%'"))
        .isEqualTo("0");
    assertThat(query(branch, "SHOW work_mem")).isEqualTo("4MB");
  }

  @Test
  void marksOutliveAResetAndGoWithTheirBranch() throws Exception {
    write(branch, "first");
    branch.mark("a");
    assertThatThrownBy(() -> text(branch.reset())).isInstanceOf(SQLException.class);
    assertThat(text(branch.rewindTo("a"))).isEqualTo("first");

    branch.close();

    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(this::assertNothingChanged);
  }

  @Test
  void staysWhatItIsIfTheMarkCannotBeRunOn() throws Exception {
    Set<String> before = library.files();
    branch.mark("a");
    // Without this file, no server starts.
    Files.delete(dataFolderSince(before).resolve("global/pg_control"));
    write(branch, "kept");
    String id = branch.id();

    assertThatThrownBy(() -> branch.rewindTo("a")).isInstanceOf(StartFailedException.class);

    assertThat(branch.id()).isEqualTo(id);
    assertThat(text(branch)).isEqualTo("kept");
    write(branch, "goes on");
    assertThat(branch.marks()).containsExactly("a");
  }

  private Path dataFolderSince(Set<String> before) throws Exception {
    List<String> made =
        library.files().stream()
            .filter(file -> file.endsWith("/data/") && !before.contains(file))
            .toList();
    assertThat(made).hasSize(1);
    return library.home().resolve(made.get(0));
  }

  private static void write(Branch branch, String text) throws SQLException {
    execute(branch, "UPDATE notes SET text = '" + text + "'");
  }

  private static String text(Branch branch) throws SQLException {
    return query(branch, "SELECT text FROM notes");
  }
}
