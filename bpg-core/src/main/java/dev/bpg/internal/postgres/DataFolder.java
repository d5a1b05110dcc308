package dev.bpg.internal.postgres;

import dev.bpg.internal.platform.FileOwner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The parts of a data folder that matter to a clone of it. */
public final class DataFolder {

  private static final List<String> OF_THE_PARENTS_SERVER =
      List.of("postmaster.pid", "postmaster.opts", "standby.signal", "recovery.signal");

  private DataFolder() {}

  /**
   * The symbolic links that lead out of a data folder: tablespaces and a WAL folder elsewhere.
   *
   * @see <a
   *     href="https://www.postgresql.org/docs/current/manage-ag-tablespaces.html">Tablespaces</a>
   */
  public static List<Path> outsideLinks(Path data) throws IOException {
    List<Path> links = new ArrayList<>();
    if (leadsOut(data, data.resolve("pg_wal"))) {
      links.add(Path.of("pg_wal"));
    }
    for (Path tablespace : children(data.resolve("pg_tblspc"))) {
      if (leadsOut(data, tablespace)) {
        links.add(data.relativize(tablespace));
      }
    }
    return links;
  }

  private static boolean leadsOut(Path data, Path entry) throws IOException {
    if (!Files.isSymbolicLink(entry)) {
      return false;
    }
    Path target = entry.getParent().resolve(Files.readSymbolicLink(entry)).normalize();
    return Files.readSymbolicLink(entry).isAbsolute() || !target.startsWith(data);
  }

  /**
   * Takes out of a fresh clone what belongs to its parent's server: its pid file, its replication
   * slots, its role as a standby, and the marks of WAL still to be archived.
   */
  public static void forgetParentsServer(Path data) throws IOException {
    for (String name : OF_THE_PARENTS_SERVER) {
      Files.deleteIfExists(data.resolve(name));
    }
    for (Path slot : children(data.resolve("pg_replslot"))) {
      deleteTree(slot);
    }
    for (Path mark : children(data.resolve("pg_wal/archive_status"))) {
      if (mark.toString().endsWith(".ready")) {
        Files.delete(mark);
      }
    }
  }

  /** Writes a file as its data folder's owner would have. */
  static void writeOwned(Path data, String name, String content) throws IOException {
    Path file = data.resolve(name);
    Files.writeString(file, content);
    FileOwner.copy(data, file);
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return children;
  }

  /** Deletes a file, or a folder with all that is in it; links are not followed. */
  public static void deleteTree(Path entry) throws IOException {
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      for (Path child : children(entry)) {
        deleteTree(child);
      }
    }
    Files.delete(entry);
  }
}
