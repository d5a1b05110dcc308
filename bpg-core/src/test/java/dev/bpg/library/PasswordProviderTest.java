package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.ResetOption;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.BpgException;
import dev.bpg.error.CancelledException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.BranchStatus;
import dev.bpg.secret.PasswordProvider;
import dev.bpg.testing.Library;
import dev.bpg.testing.LiveFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class PasswordProviderTest extends CopyContract {

  private static final String BAD = "nobody-shall-see-this";

  /** A vault that changes its passwords when asked to, or as the test says. */
  private static final class Vault implements PasswordProvider {
    volatile int generation = 1;
    volatile Function<String, @Nullable String> answer = password -> password;

    @Override
    public String password(BranchName branch, BranchId id) {
      return answer.apply("vault-%s-%d".formatted(branch.branch(), generation));
    }

    @Override
    public void rotate(BranchName branch, BranchId id) {
      generation++;
    }
  }

  private final Vault vault = new Vault();
  private Bpg vaulted;

  @BeforeEach
  void openWithTheVault() {
    vaulted = Bpg.open(library.config().passwordProvider(vault).build());
  }

  @AfterEach
  void closeIt() {
    if (vaulted != null) {
      vaulted.close();
    }
  }

  private Branch branch() {
    return vaulted.from(Library.SHOP).named("kept").fast().create();
  }

  @Test
  void itsPasswordOpensTheBranchAndIsStoredNowhere() throws Exception {
    Branch branch = branch();

    assertThat(branch.getPassword()).isEqualTo("vault-kept-1");
    connect(branch, "vault-kept-1").close();
    assertThat(secret(branch)).doesNotExist();
    branch.restart();
    assertThat(query(branch, "SELECT 1")).isEqualTo("1");
    assertThat(secret(branch)).doesNotExist();
  }

  @Test
  void aRotationIsTheProvidersAndTheServerTakesIt() throws Exception {
    Branch branch = branch();

    branch.rotatePassword();

    assertThat(branch.getPassword()).isEqualTo("vault-kept-2");
    connect(branch, "vault-kept-2").close();
    assertRefused(branch, "vault-kept-1");
    branch.stop();
    branch.rotatePassword().start();
    connect(branch, "vault-kept-3").close();
    assertThat(secret(branch)).doesNotExist();
  }

  @Test
  void aChangeInTheVaultReachesTheServerByARotationOrAStart() throws Exception {
    PasswordProvider fixed = (branch, id) -> vault.password(branch, id);
    try (Bpg other = Bpg.open(library.config().passwordProvider(fixed).build())) {
      branch();
      Branch branch = other.getBranch("shop/kept");
      vault.generation = 7;
      branch.rotatePassword();
      connect(branch, "vault-kept-7").close();
      vault.generation = 8;
      branch.restart();
      connect(branch, "vault-kept-8").close();
    }
  }

  @Test
  void temporaryAndResetBranchesAskItToo() throws Exception {
    Branch branch = branch();
    branch.reset(ResetOption.FORCE);
    connect(branch, "vault-kept-1").close();
    assertThat(secret(branch)).doesNotExist();
    try (TemporaryBranch temporary = branch.branch().fast().createTemporary()) {
      assertThat(temporary.getPassword()).startsWith("vault-temp-");
      assertThat(query(temporary, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aPasswordFromBeforeIsDeletedAndOneIsMadeWhenThereIsNoProviderAnyMore() throws Exception {
    Branch before = parent();
    Branch provided = vaulted.getBranch(before.name());

    provided.restart();

    assertThat(secret(before)).doesNotExist();
    connect(provided, provided.getPassword()).close();
    before.restart();
    assertThat(secret(before)).hasContent(before.getPassword());
    connect(before, before.getPassword()).close();
  }

  /** What a provider can do wrong. */
  enum Wrong {
    THROWS(
        UnavailableException.class, "the password provider threw java.lang.IllegalStateException"),
    NULL(RefusedException.class, "the password provider gave none"),
    EMPTY(RefusedException.class, "the password provider gave none"),
    CONTROL(RefusedException.class, "the password provider gave one with control characters"),
    NOT_ALLOWED(RefusedException.class, "the password provider gave one that SCRAM does not allow");

    private final Class<? extends BpgException> error;
    private final String reason;

    Wrong(Class<? extends BpgException> error, String reason) {
      this.error = error;
      this.reason = reason;
    }

    @Nullable String answer() {
      return switch (this) {
        case THROWS -> throw new IllegalStateException("sealed");
        case NULL -> null;
        case EMPTY -> "";
        case CONTROL -> BAD + "\n";
        // A soft hyphen, of which RFC 4013 leaves nothing.
        case NOT_ALLOWED -> "\u00ad";
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void aProviderThatFailsLeavesNothingOfANewBranch(Wrong wrong) throws Exception {
    vault.answer = password -> wrong.answer();

    assertThatThrownBy(this::branch)
        .isInstanceOf(wrong.error)
        .hasMessageStartingWith(
            "cannot get the password of shop/kept: " + wrong.reason + "\nHINT: ")
        .hasMessageNotContaining(BAD);

    assertNothingChanged();
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void aProviderThatFailsLeavesAServerAsItWas(Wrong wrong) throws Exception {
    Branch branch = branch();
    vault.answer = password -> wrong.answer();

    assertThatThrownBy(branch::rotatePassword).isInstanceOf(wrong.error);
    assertThat(branch.isRunning()).isTrue();
    connect(branch, "vault-kept-1").close();
    branch.stop();
    assertThatThrownBy(branch::start).isInstanceOf(wrong.error);
    assertThat(branch.status().state()).isEqualTo(BranchStatus.State.STOPPED);

    vault.answer = password -> password;
    branch.start();
    assertThat(query(branch, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aRotationThatTheServerCouldNotBeToldIsCompletedLater() throws Exception {
    Branch branch = branch();
    execute(branch, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'");
    try (Connection boss = DriverManager.getConnection(branch.getJdbcUrl(), "boss", "boss")) {
      execute(boss, "ALTER ROLE postgres RENAME TO somebody");
      assertThatThrownBy(branch::rotatePassword)
          .isInstanceOf(BpgException.class)
          .hasMessageNotContaining("vault-kept");
      execute(boss, "ALTER ROLE somebody RENAME TO postgres");
    }

    assertThat(query(branch, "SELECT 1")).isEqualTo("1");

    connect(branch, "vault-kept-2").close();
    assertThat(library.home().resolve("secrets").resolve(branch.id() + ".next")).doesNotExist();
  }

  @Test
  void aProviderThatRotatedAndThenFailedIsFollowedLater() throws Exception {
    Branch branch = branch();
    vault.answer = password -> Wrong.THROWS.answer();
    assertThatThrownBy(branch::rotatePassword).isInstanceOf(UnavailableException.class);

    vault.answer = password -> password;

    assertThat(query(branch, "SELECT 1")).isEqualTo("1");
    connect(branch, "vault-kept-2").close();
    assertRefused(branch, "vault-kept-1");
    assertThat(library.home().resolve("secrets").resolve(branch.id() + ".next")).doesNotExist();
  }

  @Test
  void anInterruptedCreationDoesNotWaitForAProviderThatWaits() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    vault.answer =
        password -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
            return password;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread creation =
        new Thread(
            () -> {
              try {
                branch();
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    creation.start();
    asked.await();

    creation.interrupt();
    creation.join(Duration.ofMinutes(1).toMillis());

    assertThat(creation.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(CancelledException.class);
    assertNothingChanged();
  }

  @Test
  void noPasswordIsInLogsFilesOrProcessList() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.bpg");
    Level before = logger.getLevel();
    logger.setLevel(Level.TRACE);
    logger.addAppender(log);
    try {
      Branch branch = branch();
      execute(branch, "ALTER SYSTEM SET log_statement = 'all'");
      branch.restart().rotatePassword();
      assertThat(String.join("\n", branch.lastLogLines(1000)))
          .contains("ALTER ROLE postgres PASSWORD 'SCRAM-SHA-256$")
          .doesNotContain("vault-kept");
      assertThat(processes()).contains("postgres").doesNotContain("vault-kept");
      assertThat(filesWith("vault-kept")).isEmpty();
      branch.delete();
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).isNotEmpty();
    assertThat(log.list.toString()).doesNotContain("vault-kept");
  }

  private List<Path> filesWith(String text) throws IOException {
    return LiveFolder.files(library.home()).stream()
        .filter(file -> content(file).contains(text))
        .toList();
  }

  // Of other users and of processes that end meanwhile there is none.
  private static String processes() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .filter(path -> !path.endsWith(String.valueOf(ProcessHandle.current().pid())))
          .map(path -> content(path.resolve("cmdline")) + content(path.resolve("environ")))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException e) {
      return "";
    } catch (IOException e) {
      if (file.startsWith("/proc")) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }

  private Path secret(Branch branch) {
    return library.home().resolve("secrets").resolve(branch.id());
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
