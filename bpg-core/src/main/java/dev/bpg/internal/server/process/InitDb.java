package dev.bpg.internal.server.process;

import dev.bpg.error.StartFailedException;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Makes a data folder by {@code initdb}. */
final class InitDb {

  private static final int PASSWORD_BYTES = 24;

  // Every backup ends with a switch to a new segment, for which the server fills the old one with
  // zeros: 20 ms with Postgres' 16 MiB, 3 ms with 2 MiB, at nearly the same speed of loading data.
  private static final int WAL_SEGMENT_MIB = 2;

  private final ServerFiles files;
  private final ServerAccount account;

  InitDb(ServerFiles files, ServerAccount account) {
    this.files = files;
    this.account = account;
  }

  void run(BranchId id, Path dataFolder, Installation installation)
      throws IOException, InterruptedException {
    files.make(id);
    account.own(dataFolder);
    account.requireAccess(List.of(dataFolder, files.of(id), installation.bin()));
    Path password = passwordFile(id);
    try {
      Command.Result result = run(id, dataFolder, installation, password, "C.UTF-8");
      // Red Hat before 8 and musl don't have it. C sorts the same way, by bytes.
      if (result.status() != 0 && result.output().contains("invalid locale name")) {
        result = run(id, dataFolder, installation, password, "C");
      }
      if (result.status() != 0) {
        throw new StartFailedException(
            "initialise",
            "the data folder " + dataFolder,
            "initdb ended with " + result.status() + " and wrote:\n" + result.output().strip(),
            "correct what the last line names, then create it again");
      }
    } finally {
      Files.deleteIfExists(password);
    }
    FileSystemSync.sync(dataFolder);
  }

  private Command.Result run(
      BranchId id, Path dataFolder, Installation installation, Path password, String locale)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--pgdata=" + dataFolder,
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=" + locale,
            "--data-checksums",
            "--auth-local=peer",
            "--auth-host=scram-sha-256",
            "--pwfile=" + password,
            "--wal-segsize=" + WAL_SEGMENT_MIB,
            "--no-sync",
            "--no-instructions");
    return new Command(installation.initdb(), arguments, dataFolder, account.toDrop())
        .run(files.of(id).resolve("initdb.log"));
  }

  // initdb wants a password for scram-sha-256. Nobody is told this one.
  private Path passwordFile(BranchId id) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Path file =
        Files.createTempFile(
            files.of(id),
            "initdb",
            ".password",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Base64.getEncoder().encodeToString(random) + "\n");
    account.own(file);
    return file;
  }
}
