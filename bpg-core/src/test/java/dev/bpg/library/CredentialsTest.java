package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.error.StartFailedException;
import dev.bpg.model.BranchStatus;
import dev.bpg.testing.Library;
import dev.bpg.testing.LiveFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsTest extends CopyContract {

  @Test
  void aPasswordOpensItsBranchAndNoOther() throws Exception {
    Branch parent = parent();
    Branch one = parent.branch().create();
    Branch two = parent.branch().fast().create();
    List<Branch> all = List.of(library.shop(), parent, one, two);

    for (Branch server : all) {
      for (Branch owner : all) {
        if (server.id().equals(owner.id())) {
          connect(server, owner.getPassword()).close();
        } else {
          assertRefused(server, owner.getPassword());
        }
      }
      assertRefused(server, "postgres");
    }
  }

  @Test
  void aPasswordStaysWithItsBranch() throws Exception {
    Branch branch = parent();
    String password = branch.getPassword();

    branch.restart();

    assertThat(bpg.getBranch(branch.name()).getPassword()).isEqualTo(password);
    connect(branch, password).close();
  }

  private static Connection connect(Branch branch, String password) throws SQLException {
    return DriverManager.getConnection(branch.getJdbcUrl(), branch.getUsername(), password);
  }

  private static void assertRefused(Branch branch, String password) {
    assertThatThrownBy(() -> connect(branch, password))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed for user \"postgres\"");
  }

  @Test
  void aServerWhosePasswordCannotBeSetIsNotLeftRunning() throws Exception {
    Branch branch = parent();
    execute(branch, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'");
    try (Connection boss = DriverManager.getConnection(branch.getJdbcUrl(), "boss", "boss")) {
      execute(boss, "ALTER ROLE postgres RENAME TO somebody");
    }
    branch.stop();

    assertThatThrownBy(branch::start)
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith("cannot set the password of " + branch.name() + ": FATAL: ")
        .hasMessageEndingWith(
            "HINT: give the branch it was made from a superuser named postgres again");

    assertThat(branch.status().state()).isEqualTo(BranchStatus.State.STOPPED);
  }

  @Test
  void nobodyElseCanReadPasswordsOrRecords() throws Exception {
    Branch branch = bpg.from(Library.SHOP).named("secretive").create();

    assertThat(filesWith(branch.getPassword())).containsExactly("secrets/" + branch.id());
    assertThat(mode("secrets")).isEqualTo("rwx------");
    assertThat(mode("secrets/" + branch.id())).isEqualTo("rw-------");
    assertThat(mode("catalog")).isEqualTo("rwx------");
  }

  private List<String> filesWith(String text) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : LiveFolder.files(library.home())) {
      if (!file.startsWith(library.home().resolve("volumes")) && contains(file, text)) {
        found.add(library.home().relativize(file).toString());
      }
    }
    return found;
  }

  private static boolean contains(Path file, String text) throws IOException {
    try {
      return Files.readString(file).contains(text);
    } catch (NoSuchFileException e) {
      return false; // It has gone meanwhile.
    }
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(library.home().resolve(name)));
  }

  @Test
  void serversListenOnTheLoopbackAddressOnly() throws Exception {
    Branch branch = parent();

    assertThat(branch.getHost()).isEqualTo("127.0.0.1");
    assertThat(query(branch, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(listeners("/proc/net/tcp", branch.getPort())).containsExactly("0100007F");
    assertThat(listeners("/proc/net/tcp6", branch.getPort())).isEmpty();
  }

  // The second column is the local address and port in hexadecimal, the fourth the state.
  private static List<String> listeners(String table, int port) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(table))) {
      String[] columns = line.strip().split("\\s+");
      if (columns[1].endsWith(String.format(":%04X", port)) && columns[3].equals("0A")) {
        addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
      }
    }
    return addresses;
  }
}
