package dev.bpg.internal.server;

import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders of servers below a home: one for each, named by its id. */
public final class ServerFolders {

  private ServerFolders() {}

  /** The ids of those that are there. */
  public static List<BranchId> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(BranchId::isValid)
          .map(BranchId::new)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
