package dev.bpg.internal.server.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.StartFailedException;
import dev.bpg.model.BranchId;
import dev.bpg.server.Endpoint;
import dev.bpg.server.ServerRuntime.Shutdown;
import dev.bpg.server.ServerState.Kind;
import dev.bpg.server.StartRequest;
import dev.bpg.testing.Ability;
import dev.bpg.testing.DockerCli;
import dev.bpg.testing.RealDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DockerRuntimeTest extends DockerContract {

  @Override
  int major() {
    return 17;
  }

  private static String container(BranchId id) {
    return "bpg-" + id;
  }

  private static String inspect(BranchId id, String format) throws Exception {
    return DockerCli.run("inspect", "--format", format, container(id));
  }

  private StartRequest permanent(BranchId id) {
    StartRequest temporary = request(id, Map.of(), 0);
    return new StartRequest(
        id, data(id), build, temporary.settings(), OptionalInt.empty(), false, List.of(), TIMEOUT);
  }

  @Test
  void saysWhoseItIsAndRunsPostgresItselfWithoutTheImagesEntrypoint() throws Exception {
    BranchId id = initialised();
    start(id);

    assertThat(inspect(id, "{{index .Config.Labels \"dev.bpg.id\"}}")).isEqualTo(id.value());
    assertThat(inspect(id, "{{index .Config.Labels \"dev.bpg.home\"}}"))
        .isEqualTo(home().toString());
    assertThat(inspect(id, "{{.Path}}")).isEqualTo("/usr/lib/postgresql/17/bin/postgres");
    assertThat(inspect(id, "{{.Image}}")).isEqualTo(build.origin().replaceAll(".*@", ""));
    assertThat(inspect(id, "{{.HostConfig.LogConfig.Type}}")).isEqualTo("local");
    assertThat(inspect(id, "{{len .Mounts}}")).isEqualTo("3");
  }

  @Test
  void isPublishedOnTheLoopbackAddressOnly() throws Exception {
    BranchId id = initialised();
    Endpoint endpoint = start(id);

    assertThat(inspect(id, "{{json (index .NetworkSettings.Ports \"5432/tcp\")}}"))
        .isEqualTo("[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"%d\"}]".formatted(endpoint.port()));
  }

  @Test
  void theBuildNamesTheImageAndItsId() throws Exception {
    String id = DockerCli.run("inspect", "--format", "{{.Id}}", RealDocker.image(17));

    assertThat(build.origin()).isEqualTo("docker:" + RealDocker.image(17) + "@" + id);
    assertThat(build.major()).isEqualTo(17);
  }

  @Test
  void anImageIsAskedOnceForAllProcessesOfAHome() throws Exception {
    Path answers = home().resolve("images");
    String file = build.origin().replaceAll(".*@sha256:", "sha256-");
    Object before = Files.getLastModifiedTime(answers.resolve(file));

    assertThat(runtime().choose(OptionalInt.of(17), Optional.empty())).isEqualTo(build);

    assertThat(Files.getLastModifiedTime(answers.resolve(file))).isEqualTo(before);
    assertThat(DockerCli.all(home())).isEmpty();
  }

  @Test
  void aKilledServerIsSeenAsCrashedAndSaysWhy() throws Exception {
    BranchId id = initialised();
    start(id);

    DockerCli.run("kill", "--signal", "KILL", container(id));

    Awaitility.await().atMost(TIMEOUT).until(() -> state(id).kind() == Kind.CRASHED);
    assertThat(state(id).reason())
        .isEqualTo("it was killed (exit code 137); the next start recovers");
    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  @Ability("Servers of permanent branches start with the machine")
  void onlyAPermanentServerIsStartedAgainByDocker() throws Exception {
    BranchId temporary = initialised("one");
    BranchId permanent = initialised("two");
    start(temporary);
    runtime.start(permanent(permanent));

    assertThat(inspect(temporary, "{{.HostConfig.RestartPolicy.Name}}")).isIn("no", "");
    assertThat(inspect(permanent, "{{.HostConfig.RestartPolicy.Name}}"))
        .isEqualTo("unless-stopped");
  }

  @Test
  void aPermanentServerThatWasStoppedStaysSo() throws Exception {
    for (Shutdown how : Shutdown.values()) {
      BranchId id = initialised(how.name());
      runtime.start(permanent(id));

      runtime.stop(id, data(id), how, TIMEOUT);

      assertThat(inspect(id, "{{.State.Status}}")).isEqualTo("exited");
      assertThat(inspect(id, "{{.RestartCount}}")).isEqualTo("0");
    }
  }

  @Test
  void aPermanentServerThatCannotStartIsNotStartedAgainAndAgain() throws Exception {
    BranchId id = initialised();
    Files.writeString(data(id).resolve("postgresql.conf"), "no such thing");

    assertThatThrownBy(() -> runtime.start(permanent(id)))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("Postgres ended: exit code 1; it wrote:\n")
        .hasMessageContaining("syntax error in file");

    assertThat(inspect(id, "{{.State.Status}} {{.RestartCount}}")).isEqualTo("exited 0");
    assertThat(String.join("\n", runtime.lastLogLines(id, 5))).contains("syntax error in file");
  }

  @Test
  void neverRunsOnAFolderThatIsNotMounted() throws Exception {
    BranchId id = initialised();
    runtime.start(permanent(id));
    DockerCli.run("stop", container(id));
    Path away = data(id).resolveSibling("away");
    Files.move(data(id), away);
    try {
      DockerCli.Result started = DockerCli.tried("start", container(id));

      assertThat(started.status()).isNotZero();
      assertThat(data(id)).doesNotExist();
      assertThat(state(id).kind()).isEqualTo(Kind.BROKEN);
    } finally {
      Files.move(away, data(id));
    }
  }

  @Test
  void theSocketAndThePortAreFoundAgainWhenDockerHasStartedIt() throws Exception {
    BranchId id = initialised();
    runtime.start(permanent(id));
    DockerCli.run("stop", container(id));
    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);

    DockerCli.run("start", container(id));

    Awaitility.await().atMost(TIMEOUT).until(() -> state(id).kind() == Kind.RUNNING);
    Endpoint endpoint = state(id).endpoint().orElseThrow();
    assertThat(query(endpoint, "SELECT 1")).isEqualTo("1");
    assertThat(DockerCli.run("port", container(id), "5432/tcp"))
        .isEqualTo("127.0.0.1:" + endpoint.port());
  }

  @Test
  void dockersOwnStopIsACleanOne() throws Exception {
    BranchId id = initialised();
    start(id);

    DockerCli.run("stop", container(id));

    assertThat(state(id).kind()).isEqualTo(Kind.STOPPED);
  }

  @Test
  void touchesNoContainerThatItDidNotMake() throws Exception {
    BranchId id = initialised();
    DockerCli.run("create", "--name", container(id), RealDocker.image(17), "true");
    try {
      assertThatThrownBy(() -> start(id))
          .isInstanceOf(AlreadyExistsException.class)
          .hasMessage(
              "cannot start the server of branch %s: there is a container bpg-%s that bpg did not make"
                      .formatted(id, id)
                  + "\nHINT: rename that container");
      runtime.stop(id, data(id), Shutdown.IMMEDIATE, TIMEOUT);
      runtime.remove(id);

      assertThat(inspect(id, "{{.State.Status}}")).isEqualTo("created");
    } finally {
      DockerCli.run("rm", container(id));
    }
  }

  @Test
  void whatAKilledProcessLeftOfAnInitdbGoesWithTheBranch() throws Exception {
    BranchId id = initialised();
    String left = container(id) + "-initdb";
    DockerCli.run(
        "run",
        "--detach",
        "--name",
        left,
        "--label",
        "dev.bpg.id=" + id,
        "--label",
        "dev.bpg.role=initdb",
        RealDocker.image(17),
        "sleep",
        "1000");

    runtime.stop(id, data(id), Shutdown.IMMEDIATE, TIMEOUT);

    assertThat(DockerCli.tried("inspect", left).status()).isNotZero();
  }

  @Test
  void aContainerThatWasMadeAndNotStartedIsReplaced() throws Exception {
    BranchId id = initialised();
    DockerCli.run(
        "create",
        "--name",
        container(id),
        "--label",
        "dev.bpg.id=" + id,
        "--label",
        "dev.bpg.role=server",
        RealDocker.image(17),
        "sleep",
        "1000");

    assertThat(query(start(id), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aPortThatAnotherContainerHasIsReplacedByAnother() throws Exception {
    BranchId one = initialised("one");
    BranchId two = initialised("two");
    int taken = start(one).port();

    Endpoint endpoint = runtime.start(request(two, Map.of(), taken));

    assertThat(endpoint.port()).isNotEqualTo(taken);
    assertThat(query(endpoint, "SELECT 1")).isEqualTo("1");
  }

  @Test
  @Ability("Limits of memory and processors")
  void givesServersTheirLimitsVariablesAndBinds() throws Exception {
    Path shown = Files.writeString(folder().resolve("shown"), "by a bind");
    Files.setPosixFilePermissions(
        shown, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    runtime =
        new DockerRuntime(
            new DockerOptions(
                home(),
                Optional.of(RealDocker.image(17)),
                "bridge",
                OptionalLong.of(512L << 20),
                OptionalLong.of(1_500_000_000L),
                96L << 20,
                Map.of("BPG_SEEN", "yes"),
                List.of(new DockerOptions.Bind(shown.toString(), "/etc/shown", true))));
    BranchId id = initialised();
    Endpoint endpoint = start(id);

    assertThat(query(endpoint, "SELECT pg_read_file('/etc/shown')")).isEqualTo("by a bind");
    query(endpoint, "CREATE TABLE v (v text)");
    query(endpoint, "COPY v FROM PROGRAM 'echo $BPG_SEEN'");
    assertThat(query(endpoint, "SELECT v FROM v")).isEqualTo("yes");
    assertThat(
            inspect(id, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.ShmSize}}"))
        .isEqualTo("536870912 1500000000 100663296");
  }

  @Test
  void aServerThatIsKilledWhileItStartsIsReportedAtOnce() throws Exception {
    BranchId id = initialised();
    Files.createFile(data(id).resolve("standby.signal"));
    StartRequest slow = request(id, Map.of("hot_standby", "off"), 0);
    Thread killer =
        new Thread(
            () ->
                Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(
                        () ->
                            DockerCli.tried("kill", "--signal", "KILL", container(id)).status()
                                == 0));
    killer.start();
    long begin = System.nanoTime();

    assertThatThrownBy(() -> runtime.start(slow))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("Postgres ended: it was killed (exit code 137)");

    killer.join();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(inspect(id, "{{.State.Running}}")).isEqualTo("false");
  }
}
