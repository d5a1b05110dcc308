package dev.bpg.internal.server.process;

import dev.bpg.internal.server.AtomicFile;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.SafeFolders;
import dev.bpg.internal.server.ServerFolders;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept in {@code servers} below the home folder: a folder for each server, and the access
 * rules, which are the same for all and so are outside the data that branches inherit.
 */
final class ServerFiles {

  private static final String RULES =
      """
      # Written by bpg, for all of its servers.
      local   all          all                     peer map=bpg
      local   replication  all                     peer map=bpg
      host    all          all   127.0.0.1/32      scram-sha-256
      host    all          all   ::1/128           scram-sha-256
      """;

  private final Path folder;
  private final ServerAccount account;

  ServerFiles(Path home, ServerAccount account) {
    this.folder = home.resolve("servers");
    this.account = account;
  }

  /** The access rules. */
  Path rules() {
    return folder.resolve("pg_hba.conf");
  }

  /** Which users of the system may connect as {@code postgres}. */
  Path identities() {
    return folder.resolve("pg_ident.conf");
  }

  /** The folder of one server; it need not exist. */
  Path of(BranchId id) {
    return folder.resolve(id.value());
  }

  /** The log of one server; it need not exist. */
  LogFile log(BranchId id) {
    return new LogFile(of(id).resolve("postgres.log"));
  }

  /** Makes the folder of one server and the access rules; what is there is kept. */
  void make(BranchId id) throws IOException {
    SafeFolders.make(of(id), account.toDrop().isPresent() ? "rwx--x--x" : "rwx------");
    keep(rules(), RULES);
    keep(identities(), mapping());
  }

  private String mapping() {
    Set<String> users = new LinkedHashSet<>();
    users.add(account.caller().name());
    users.add(account.server().name());
    return users.stream()
        .map(user -> "bpg \"" + user + "\" postgres\n")
        .collect(Collectors.joining("", "# Written by bpg, for all of its servers.\n", ""));
  }

  private void keep(Path file, String text) throws IOException {
    int gid = account.server().gid();
    if (AtomicFile.read(file).equals(Optional.of(text))
        && (int) Files.getAttribute(file, "unix:gid") == gid) {
      return;
    }
    AtomicFile.write(file, text, "rw-r-----", gid);
  }

  /** The ids of the servers that have a folder. */
  List<BranchId> all() throws IOException {
    return ServerFolders.list(folder);
  }

  /** Removes the folder of one server. */
  void remove(BranchId id) throws IOException {
    FolderTree.delete(of(id));
  }
}
