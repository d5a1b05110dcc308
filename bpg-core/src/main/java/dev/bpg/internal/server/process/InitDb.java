package dev.bpg.internal.server.process;

import dev.bpg.error.StartFailedException;
import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.server.InitDbArguments;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Makes a data folder by {@code initdb}. */
final class InitDb {

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
      Command.Result result = run(id, dataFolder, installation, password, InitDbArguments.LOCALE);
      if (result.status() != 0 && InitDbArguments.lacksLocale(result.output())) {
        result = run(id, dataFolder, installation, password, InitDbArguments.LOCALE_WITHOUT);
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
        InitDbArguments.of(dataFolder.toString(), password.toString(), locale, "peer");
    return new Command(installation.initdb(), arguments, dataFolder, account.toDrop())
        .run(files.of(id).resolve("initdb.log"));
  }

  private Path passwordFile(BranchId id) throws IOException {
    Path file =
        Files.createTempFile(
            files.of(id),
            "initdb",
            ".password",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, InitDbArguments.password() + "\n");
    account.own(file);
    return file;
  }
}
