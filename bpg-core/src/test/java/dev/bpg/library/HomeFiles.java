package dev.bpg.library;

import dev.bpg.testing.LiveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What lies in a folder of a home, complete: the names of files. */
record HomeFiles(Path home) {

  /** What waits in pools: the ids of branches. */
  List<String> waiting() throws IOException {
    return in("pools");
  }

  /** What counts as a server of a pool. */
  List<String> slots() throws IOException {
    return in("slots");
  }

  private List<String> in(String folder) throws IOException {
    return LiveFolder.files(home.resolve(folder)).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> !name.startsWith(".") && !name.endsWith(".new"))
        .toList();
  }
}
