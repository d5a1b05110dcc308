package dev.bpg.internal.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a postmaster says of itself in {@code postmaster.pid}, as far as it has written it; see
 * Postgres' {@code miscadmin.h} for the lines.
 *
 * @param pid its process number
 * @param singleUser whether it is no postmaster but a server without clients, as initdb runs some
 * @param port the TCP port; 0 until it is known
 * @param socketFolder the first Unix socket folder; empty until it is known
 * @param status such as {@code starting}, {@code ready}, {@code standby} or {@code stopping}; empty
 *     until it is known
 */
public record PostmasterFile(
    int pid, boolean singleUser, int port, Optional<Path> socketFolder, String status) {

  public static final String NAME = "postmaster.pid";

  private static final int PORT_LINE = 3;
  private static final int SOCKET_LINE = 4;
  private static final int STATUS_LINE = 7;

  /** Reads the file of a data folder; empty if there is none or nothing is in it yet. */
  public static Optional<PostmasterFile> read(Path dataFolder) throws IOException {
    try {
      // Latin-1 cannot fail on the path in line 2, which may be in any encoding.
      String text = Files.readString(dataFolder.resolve(NAME), StandardCharsets.ISO_8859_1);
      return parse(text.lines().map(String::strip).toList());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<PostmasterFile> parse(List<String> lines) {
    // A single-user server writes its number with a minus sign.
    int number = number(lines, 0);
    if (number == 0) {
      return Optional.empty();
    }
    String socket = line(lines, SOCKET_LINE);
    return Optional.of(
        new PostmasterFile(
            Math.abs(number),
            number < 0,
            number(lines, PORT_LINE),
            socket.isEmpty() ? Optional.empty() : Optional.of(Path.of(socket)),
            line(lines, STATUS_LINE)));
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  private static int number(List<String> lines, int index) {
    String text = line(lines, index);
    return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** Whether it takes connections that may write. */
  public boolean isReady() {
    return status.equals("ready");
  }

  /** Why a server of a status is not ready, in a few words. */
  public static String notReady(String status) {
    return switch (status) {
      case "standby" -> "it is in recovery and takes connections that only read";
      case "stopping" -> "it is shutting down";
      default -> "it is starting or in recovery";
    };
  }
}
