package dev.bpg.internal.archive;

import dev.bpg.model.WalCompression;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** The shells that images of Postgres come with, and the programs that come with the shell. */
enum Shell {
  DASH("dash"),
  BASH("bash"),
  BUSYBOX("busybox", "sh");

  private final List<String> command;

  Shell(String... command) {
    this.command = List.of(command);
  }

  /** How a script ended. */
  record Result(int status, String errors) {
    static final Result SUCCESS = new Result(0, "");
  }

  /** Whether it has the program; busybox has no zstd of its own. */
  boolean can(WalCompression compression) {
    return compression != WalCompression.ZSTD
        || this != BUSYBOX && Programs.find("zstd").isPresent();
  }

  /** Starts a script. */
  Process start(Path folder, Path script, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(command);
    line.add(script.toString());
    line.addAll(List.of(arguments));
    Path program = Programs.require(command.get(0));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    if (this == BUSYBOX) {
      builder.environment().put("PATH", applets(folder, program).toString());
      line.set(0, program.toString());
    }
    return builder.start();
  }

  /** Runs a script to its end. */
  Result run(Path folder, Path script, String... arguments) throws Exception {
    Process process = start(folder, script, arguments);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Result(process.exitValue(), errors);
  }

  private static Path applets(Path folder, Path busybox) throws Exception {
    Path applets = folder.resolve("applets");
    if (!Files.exists(applets)) {
      Files.createDirectory(applets);
      for (String name : List.of("sh", "gzip", "cat", "cmp", "sync", "mktemp", "ln", "rm")) {
        Files.createSymbolicLink(applets.resolve(name), busybox);
      }
    }
    return applets;
  }
}
