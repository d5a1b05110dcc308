package dev.bpg.benchmarks.floor;

import dev.bpg.internal.platform.SpawnRequest;
import dev.bpg.internal.platform.SystemUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of a server that bpg started, so that the floor's servers run with the very same
 * settings.
 *
 * @param words the program and its arguments
 * @param data the data folder that they name
 */
public record ServerCommand(List<String> words, Path data) {

  private static final String NO_SOCKETS = "unix_socket_directories=";

  /** Reads it from the system. */
  public static ServerCommand of(Path data) throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
    byte[] line = Files.readAllBytes(Path.of("/proc", pid, "cmdline"));
    return new ServerCommand(List.of(new String(line, StandardCharsets.UTF_8).split("\0")), data);
  }

  /** The same for another data folder, another port, and no socket but the one of TCP. */
  SpawnRequest with(Path otherData, int port, Path log) throws IOException {
    List<String> arguments =
        words.subList(1, words.size()).stream()
            .map(word -> word.replace(data.toString(), otherData.toString()))
            .map(word -> word.startsWith("port=") ? "port=" + port : word)
            .map(word -> word.startsWith("unix_socket_directories=") ? NO_SOCKETS : word)
            .toList();
    return new SpawnRequest(
        Path.of(words.get(0)), arguments, Map.of("LC_ALL", "C"), otherData, log, user(otherData));
  }

  private static Optional<SystemUser> user(Path data) throws IOException {
    return SystemUser.isRoot()
        ? SystemUser.named(Files.getOwner(data).getName())
        : Optional.empty();
  }
}
