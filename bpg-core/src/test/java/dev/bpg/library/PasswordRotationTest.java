package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.ResetOption;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.StartFailedException;
import dev.bpg.event.BpgEvent;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.event.Subscription;
import dev.bpg.testing.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PasswordRotationTest extends CopyContract {

  @Test
  void theNewPasswordOpensARunningBranchAtOnceAndTheOldOneNoMore() throws Exception {
    Branch branch = parent();
    String before = branch.getPassword();
    try (Connection open = branch.dataSource().getConnection()) {
      branch.rotatePassword();

      assertThat(branch.getPassword()).isNotEqualTo(before).hasSize(24);
      connect(branch, branch.getPassword()).close();
      assertRefused(branch, before);
      assertThat(open.isValid(5)).isTrue();
    }
    String after = branch.getPassword();
    branch.restart();
    assertThat(branch.getPassword()).isEqualTo(after);
    connect(branch, after).close();
  }

  @Test
  void onAStoppedBranchItTakesEffectWithTheNextStart() throws Exception {
    Branch branch = parent();
    String before = branch.getPassword();
    branch.stop();

    branch.rotatePassword().rotatePassword();

    String after = branch.getPassword();
    assertThat(after).isNotEqualTo(before);
    assertThat(branch.isRunning()).isFalse();
    branch.start();
    assertThat(branch.getPassword()).isEqualTo(after);
    connect(branch, after).close();
    assertRefused(branch, before);
    assertThat(secretsOf(branch)).containsExactly(branch.id());
  }

  @Test
  void dataSourcesGoOnHereAndInOtherProcesses() throws Exception {
    Branch branch = parent();
    DataSource here = branch.dataSource();
    try (Bpg other = Bpg.open(library.config().build())) {
      DataSource there = other.getBranch(branch.name()).dataSource();

      other.getBranch(branch.name()).rotatePassword();
      here.getConnection().close();
      branch.rotatePassword();
      there.getConnection().close();
    }
  }

  @Test
  void noConnectionOfADataSourceIsRefusedWhileItIsRotatedAgainAndAgain() throws Exception {
    Branch branch = parent();
    DataSource source = branch.dataSource();
    ExecutorService rotating = Executors.newSingleThreadExecutor();
    try {
      Future<?> rotations =
          rotating.submit(
              () -> {
                for (int i = 0; i < 30; i++) {
                  branch.rotatePassword();
                }
              });
      while (!rotations.isDone()) {
        source.getConnection().close();
      }
      rotations.get();
    } finally {
      rotating.shutdownNow();
    }
  }

  @Test
  void rotationsAtOnceFollowEachOther() throws Exception {
    Branch branch = parent();
    List<Future<?>> all = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try (Bpg other = Bpg.open(library.config().build())) {
      Branch there = other.getBranch(branch.name());
      for (int i = 0; i < 10; i++) {
        Branch one = i % 2 == 0 ? branch : there;
        all.add(threads.submit(one::rotatePassword));
      }
      for (Future<?> rotation : all) {
        rotation.get();
      }
      assertThat(there.getPassword()).isEqualTo(branch.getPassword());
    } finally {
      threads.shutdownNow();
    }
    connect(branch, branch.getPassword()).close();
    assertThat(secretsOf(branch)).containsExactly(branch.id());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret(branch))))
        .isEqualTo("rw-------");
  }

  @Test
  void temporaryBranchesHaveItToo() throws Exception {
    try (TemporaryBranch branch = bpg.from(Library.SHOP).fast().createTemporary()) {
      String before = branch.getPassword();
      branch.rotatePassword();
      assertRefused(branch, before);
      assertThat(query(branch, "SELECT 1")).isEqualTo("1");
    }
    Awaitility.await()
        .until(() -> bpg.listBranches("shop").stream().noneMatch(Branch::isTemporary));
    Awaitility.await().untilAsserted(this::assertNothingChanged);
  }

  @Test
  void aResetBranchKeepsTheRotatedPassword() throws Exception {
    Branch branch = parent();
    branch.stop();
    branch.rotatePassword();
    String rotated = branch.getPassword();

    branch.reset(ResetOption.FORCE).start();

    assertThat(branch.getPassword()).isEqualTo(rotated);
    connect(branch, rotated).close();
  }

  @Test
  void neitherPasswordNorTheOldOneIsInAnyLog() throws Exception {
    Branch branch = parent();
    execute(branch, "ALTER SYSTEM SET log_statement = 'all'");
    branch.restart();
    String before = branch.getPassword();

    branch.rotatePassword();

    assertThat(String.join("\n", branch.lastLogLines(1000)))
        .contains("ALTER ROLE postgres PASSWORD 'SCRAM-SHA-256$")
        .doesNotContain(before)
        .doesNotContain(branch.getPassword());
  }

  @Test
  void aServerThatCannotBeToldKeepsThePasswordItHas() throws Exception {
    Branch branch = parent();
    String before = branch.getPassword();
    execute(branch, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'");
    try (Connection boss = DriverManager.getConnection(branch.getJdbcUrl(), "boss", "boss")) {
      execute(boss, "ALTER ROLE postgres RENAME TO somebody");

      assertThatThrownBy(branch::rotatePassword)
          .isInstanceOf(StartFailedException.class)
          .hasMessageStartingWith("cannot set the password of " + branch.name() + ": FATAL: ");

      assertThat(branch.getPassword()).isEqualTo(before);
      execute(boss, "ALTER ROLE somebody RENAME TO postgres");
    }
    branch.restart();
    connect(branch, branch.getPassword()).close();
    assertThat(secretsOf(branch)).containsExactly(branch.id());
  }

  @Test
  void itIsToldWithTheBranchsNameAndId() {
    Branch branch = parent();
    List<BpgEvent> events = new CopyOnWriteArrayList<>();
    try (Subscription listening = bpg.addListener(events::add)) {
      branch.rotatePassword();
      Awaitility.await().until(() -> !events.isEmpty());
    }
    assertThat(events).hasSize(1);
    assertThat(events.get(0).kind()).isEqualTo(Kind.PASSWORD_ROTATED);
    assertThat(events.get(0).subject()).isEqualTo(branch.name());
    assertThat(events.get(0).id()).contains(branch.id());
  }

  @Test
  void aBranchThatIsGoneHasNone() throws Exception {
    Branch branch = parent();
    branch.stop();
    branch.rotatePassword();
    branch.delete();

    assertThatThrownBy(branch::rotatePassword).isInstanceOf(NotFoundException.class);
    assertNothingChanged();
  }

  private Path secret(Branch branch) {
    return library.home().resolve("secrets").resolve(branch.id());
  }

  private List<String> secretsOf(Branch branch) throws Exception {
    try (Stream<Path> files = Files.list(secret(branch).getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(branch.id()))
          .toList();
    }
  }

  private static Connection connect(Branch branch, String password) throws SQLException {
    return DriverManager.getConnection(branch.getJdbcUrl(), branch.getUsername(), password);
  }

  private static void assertRefused(Branch branch, String password) {
    assertThatThrownBy(() -> connect(branch, password))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed for user \"postgres\"");
  }
}
