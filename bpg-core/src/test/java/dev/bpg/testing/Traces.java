package dev.bpg.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What branches leave on a machine: files, and processes that work in them. */
public final class Traces {

  // A lock that was waited for may stay; a lease, what it reserved and its watchdog belong to a
  // process; what was found out about an image is remembered, a catalog keeps the lock of its
  // changes, and that a template was used is remembered.
  private static final Set<String> NOT_OF_BRANCHES =
      Set.of(
          "locks",
          "templates",
          "leases",
          "reservations",
          "pools",
          "slots",
          "watchdog.log",
          "images",
          ".journal.lock");

  private Traces() {}

  /**
   * Everything below a home that branches make. Data folders are not entered: their servers change
   * them all the time.
   */
  public static Set<String> files(Path home) throws IOException {
    Set<String> found = new TreeSet<>();
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (NOT_OF_BRANCHES.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            found.add(home.relativize(folder) + "/");
            return folder.endsWith("data")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!NOT_OF_BRANCHES.contains(file.getFileName().toString())) {
              found.add(home.relativize(file).toString());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return found;
  }

  /** The data folders below a folder in which a Postgres process works, deleted ones included. */
  public static Set<String> servers(Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path working : workingFolders()) {
      if (working.startsWith(folder) && working.toString().contains("/data")) {
        found.add(folder.relativize(working).toString());
      }
    }
    return found;
  }

  /** Whether any process works in a folder or below it. */
  public static boolean isWorkedIn(Path folder) throws IOException {
    return workingFolders().stream().anyMatch(working -> working.startsWith(folder));
  }

  private static List<Path> workingFolders() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(Traces::isProcess).toList()) {
        try {
          found.add(Files.readSymbolicLink(process.resolve("cwd")));
        } catch (IOException e) {
          // It ended while we looked.
        }
      }
    }
    return found;
  }

  private static boolean isProcess(Path entry) {
    return entry.getFileName().toString().matches("[0-9]+");
  }
}
