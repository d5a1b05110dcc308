package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.config.StorageType;
import dev.bpg.error.BpgException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.model.BranchName;
import dev.bpg.server.Endpoint;
import dev.bpg.testing.Faults;
import dev.bpg.testing.Faults.Death;
import dev.bpg.testing.Faults.Kind;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.WiredHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Rotations of a real server's password that fail, are interrupted or die at each of their steps in
 * turn: in the end, the password that bpg says opens the server, and is the only one that is left.
 */
class PasswordRotationFaultsTest {

  private static final BranchName MAIN = BranchName.main("api");

  private static PostgresHome home;

  @BeforeAll
  static void makeHome() throws Exception {
    home = PostgresHome.on(StorageType.COPY);
    try (Bpg bpg = home.open()) {
      bpg.createDatabase("api");
    }
  }

  @AfterAll
  static void closeHome() throws Exception {
    home.close();
  }

  private static WiredHome wired(Faults faults) {
    return WiredHome.ofPostgres(home.folder(), home.cache(), home.storage(), faults);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "HALT"})
  void whateverHappensToARotationTheServerAgrees(Kind kind) throws Exception {
    int step = 1;
    for (; strikes(kind, step); step++) {
      WiredHome next = wired(Faults.none());
      BranchRecord branch = next.engine().branches().get(MAIN);
      next.engine().watch(branch);
      assertAgreed(next, branch, kind + " at step " + step);
      next.close();
    }
    assertThat(step).isGreaterThan(8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "HALT"})
  void whoeverReadsThePasswordCompletesAnAbandonedRotation(Kind kind) throws Exception {
    WiredHome open = wired(Faults.none());
    for (int step = 1; strikes(kind, step); step++) {
      assertAgreed(open, open.engine().branches().get(MAIN), kind + " at step " + step);
    }
    open.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "HALT"})
  void whatBefellARotationWithoutAServerIsSettledByTheNextStart(Kind kind) throws Exception {
    WiredHome open = wired(Faults.none());
    boolean more = true;
    for (int step = 1; more; step += 4) {
      open.engine().servers().stop(open.engine().branches().get(MAIN));
      more = strikes(kind, step);
      String said = open.engine().servers().password(open.engine().branches().get(MAIN));
      open.engine().servers().start(open.engine().branches().get(MAIN));
      assertThat(assertAgreed(open, open.engine().branches().get(MAIN), kind + " at step " + step))
          .isEqualTo(said);
    }
    open.close();
  }

  /** Rotates, with something going wrong at this step; whether there was such a step. */
  private static boolean strikes(Kind kind, int step) throws Exception {
    Faults faults = new Faults(kind, step);
    WiredHome faulty = wired(faults);
    BranchRecord branch = faulty.engine().branches().get(MAIN);
    faults.arm();
    try {
      faulty.engine().servers().rotatePassword(branch);
    } catch (BpgException | Death e) {
      assertThat(faults.struck()).as("%s", e).isTrue();
    }
    Thread.interrupted();
    faults.disarm();
    faulty.abandon();
    return faults.struck();
  }

  private static String assertAgreed(WiredHome open, BranchRecord branch, String what)
      throws Exception {
    String password = open.engine().servers().password(branch);
    Endpoint server = open.engine().servers().endpoint(branch);
    String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
      assertThat(connection.isValid(5)).isTrue();
    } catch (SQLException e) {
      throw new AssertionError(what, e);
    }
    assertThat(secrets()).as(what).containsExactly(branch.id().value());
    return password;
  }

  // What a killed writer leaves under another name is swept up an hour later.
  private static List<String> secrets() throws Exception {
    try (Stream<Path> files = Files.list(home.folder().resolve("secrets"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }
}
