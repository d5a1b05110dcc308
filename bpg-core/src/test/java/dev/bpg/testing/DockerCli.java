package dev.bpg.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Docker's own command, to see and to disturb what bpg does from outside. */
public final class DockerCli {

  private DockerCli() {}

  /**
   * How a command ended.
   *
   * @param status its exit code
   * @param output all that it wrote
   */
  public record Result(int status, String output) {}

  /** Runs the command with these arguments, whatever comes of it. */
  public static Result tried(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output.strip());
  }

  /** Runs the command with these arguments, which have to be all right. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    Result result = tried(arguments);
    if (result.status() != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + result.output());
    }
    return result.output();
  }

  /** The names of the containers of a home that run. */
  public static Set<String> running(Path home) throws IOException {
    return names(home, "ps");
  }

  /** The names of all containers of a home. */
  public static Set<String> all(Path home) throws IOException {
    return names(home, "ps", "-a");
  }

  private static Set<String> names(Path home, String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--filter", "label=dev.bpg.home=" + home, "--format", "{{.Names}}"));
    try {
      String output = run(arguments.toArray(String[]::new));
      Set<String> names = new TreeSet<>(output.lines().toList());
      names.removeIf(String::isBlank);
      return names;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Kills the server that is published on a port, as the kernel would. */
  public static void killServerOn(int port) throws IOException, InterruptedException {
    run("kill", "--signal", "KILL", run("ps", "-q", "--filter", "publish=" + port));
  }
}
