package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.bpg.Bpg;
import dev.bpg.Database;
import dev.bpg.config.BpgConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class HeadStartTest {

  private static final String OWN = "dev.bpg.";
  private static final Pattern MADE = Pattern.compile("Lambda|/0x|Test\\$|Test$");

  private Path folder;

  @BranchedDatabase(value = "ahead", scripts = "beside.sql")
  static class Ahead {
    @Test
    void test(Connection connection) throws Exception {
      assertThat(connection.isValid(30)).isTrue();
    }
  }

  /** A JVM that looks for the tests of a class, and runs them when its input ends. */
  static final class Run {
    public static void main(String[] arguments) throws IOException {
      // Without TestHome: the home is named on the command line.
      Launcher launcher =
          LauncherFactory.create(
              LauncherConfig.builder()
                  .enableLauncherSessionListenerAutoRegistration(false)
                  .enableLauncherDiscoveryListenerAutoRegistration(
                      !Boolean.getBoolean("without.listeners"))
                  .build());
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Ahead.class)).build();
      launcher.discover(request);
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      if (System.in.read() < 0) {
        launcher.execute(request, summary);
      }
      Bpg.shared().close();
      System.exit(summary.getSummary().getTestsSucceededCount() == 1 ? 0 : 1);
    }
  }

  @BeforeEach
  void newFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "bpg-junit5-ahead-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void deleteFolder() throws IOException {
    try (Bpg bpg = Bpg.open(BpgConfig.builder().home(home()).build())) {
      bpg.listDatabases().forEach(Database::delete);
    }
    // The watchdogs of the JVMs may still be ending.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsMatching(
            e -> e instanceof IOException || e instanceof UncheckedIOException)
        .until(this::deleteOnce);
  }

  private boolean deleteOnce() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    return true;
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Process start(String... parameters) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(List.of(parameters));
    builder
        .command()
        .addAll(
            List.of(
                "-Dbpg.home=" + home(),
                "-Dbpg.process.cache=" + System.getProperty("bpg.process.cache"),
                "-Dbpg.junit.ahead.reserve=0",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Run.class.getName()));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void runTests(Process jvm) throws Exception {
    jvm.getOutputStream().close();
    assertThat(jvm.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(jvm.exitValue()).isZero();
  }

  @Test
  void whatTheLastRunUsedWaitsWhenTestsHaveBeenLookedFor() throws Exception {
    Process first = start();
    Process second = null;
    try {
      runTests(first);
      second = start();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> waiting() == 1);
      runTests(second);
    } finally {
      first.destroyForcibly();
      if (second != null) {
        second.destroyForcibly();
      }
    }
  }

  @Test
  void nearlyAllThatIsLoadedForTheFirstBranchIsLoadedAhead() throws Exception {
    runTests(start());
    Set<String> wanted = loadedBy("-Dwithout.listeners=true");
    Set<String> loaded = loadedBy();
    List<String> ahead = ClassesAhead.names();
    assertThat(wanted).hasSizeGreaterThan(200);
    assertThat(wanted.stream().filter(ahead::contains).count())
        .as("of %d classes that are wanted; dev/classes-ahead writes the list", wanted.size())
        .isGreaterThan(wanted.size() * 8 / 10);
    assertThat(ahead.stream().filter(loaded::contains).count())
        .as("of %d classes of the list", own(ahead))
        .isGreaterThan(own(ahead) * 9 / 10)
        .isGreaterThan(ahead.stream().filter(wanted::contains).count());
  }

  private static long own(List<String> names) {
    return names.stream().filter(name -> name.startsWith(OWN)).count();
  }

  /** The classes of ours that a JVM loads of itself, made at run time ones left out. */
  private Set<String> loadedBy(String... parameters) throws Exception {
    Path loaded = Files.createTempFile(folder, "loaded", "");
    List<String> all = new ArrayList<>(List.of(parameters));
    all.add("-Xlog:class+load:file=" + loaded + ":none");
    runTests(start(all.toArray(String[]::new)));
    try (Stream<String> lines = Files.lines(loaded)) {
      return lines
          .map(line -> line.split(" ", 2)[0])
          .filter(name -> name.startsWith(OWN) && !MADE.matcher(name).find())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void whatIsLoadedAheadIsThere() {
    List<String> names = ClassesAhead.names();
    assertThat(names.stream().filter(name -> name.startsWith(OWN) && !exists(name)))
        .as("classes that are no more; dev/classes-ahead writes the list")
        .isEmpty();
    assertThat(ClassesAhead.load()).isGreaterThan(names.size() * 8 / 10);
  }

  private static boolean exists(String name) {
    return HeadStartTest.class.getResource("/" + name.replace('.', '/') + ".class") != null;
  }

  @Test
  void wrongParametersAreLeftToTheTestsThatUseThem() throws Exception {
    Process jvm = start("-Dbpg.junit.ahead=many");
    try {
      jvm.getOutputStream().close();
      assertThat(jvm.waitFor(2, TimeUnit.MINUTES)).isTrue();
      // The test failed, and JUnit did not.
      assertThat(jvm.exitValue()).isEqualTo(1);
    } finally {
      jvm.destroyForcibly();
    }
  }

  private long waiting() throws IOException {
    long count = 0;
    try (Stream<Path> pools = Files.list(home().resolve("pools"))) {
      for (Path pool : pools.toList()) {
        try (Stream<Path> tokens = Files.list(pool)) {
          count += tokens.filter(token -> !token.toString().endsWith(".new")).count();
        }
      }
    }
    return count;
  }
}
