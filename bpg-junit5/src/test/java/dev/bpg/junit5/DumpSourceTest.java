package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DumpSourceTest {

  @TempDir static Path folder;

  @Test
  void aDumpMakesATemplate() throws IOException {
    Files.writeString(Dumped.DUMP, "CREATE TABLE clocks AS SELECT 7 AS id;");
    Fixtures.assertSucceeded(Fixtures.run(Dumped.class), 1);
  }

  static class Dumped {
    static final Path DUMP = folder.resolve("a dump.sql");

    @RegisterExtension
    static final BranchExtension DB = BranchExtension.from("dumped").dump("file:" + DUMP).build();

    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT id FROM clocks")).isEqualTo(7);
    }
  }

  @Test
  void theContentOfADumpCountsAndNotItsPlace() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "SELECT 1");
    Path same = Files.writeString(folder.resolve("same"), "SELECT 1");
    Path other = Files.writeString(folder.resolve("other"), "SELECT 2");
    assertThat(hash(one)).isEqualTo(hash(same)).isNotEqualTo(hash(other));

    Path directory = Files.createDirectory(folder.resolve("directory format"));
    Files.writeString(directory.resolve("toc.dat"), "toc");
    String before = hash(directory);
    Files.writeString(directory.resolve("1.dat"), "data");
    assertThat(hash(directory)).isNotEqualTo(before);
  }

  private static String hash(Path dump) {
    return new DumpStep("file:" + dump).load(DumpSourceTest.class).hash();
  }

  @Test
  void aMissingOrRelativeDumpIsNamed() {
    assertThatThrownBy(() -> hash(Path.of("/none.dump")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot read the dump file:/none.dump: there is no such file\n"
                + "HINT: create it or name another");
    assertThatThrownBy(() -> hash(Path.of("none.dump")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read the dump file:none.dump: its path is not absolute, and tests run from any"
                + " folder\nHINT: begin it with file: and an absolute path");
  }
}
