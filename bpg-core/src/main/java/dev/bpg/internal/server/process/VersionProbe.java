package dev.bpg.internal.server.process;

import dev.bpg.error.NativeException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.server.AtomicFile;
import dev.bpg.internal.server.SafeFolders;
import dev.bpg.internal.server.Version;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks binaries for their version, and remembers the answer in the cache folder. */
final class VersionProbe {

  private static final int SHORT = 32;

  private final Path answers;
  private final ServerAccount account;

  VersionProbe(Path cache, ServerAccount account) {
    this.answers = cache.resolve("versions");
    this.account = account;
  }

  /** The version of the binaries in a folder; they are run once for each state of the file. */
  Version of(Path bin) throws IOException, InterruptedException {
    Path answer = answers.resolve(fingerprint(bin.resolve("postgres")));
    Optional<Version> known = AtomicFile.read(answer).map(String::strip).flatMap(Version::parse);
    if (known.isPresent()) {
      return known.get();
    }
    Version version = ask(bin);
    AtomicFile.write(answer, version.text() + "\n", "rw-------", account.caller().gid());
    return version;
  }

  /** Runs {@code postgres -V}. */
  Version ask(Path bin) throws IOException, InterruptedException {
    SafeFolders.make(answers, "rwxr-xr-x");
    Path program = bin.resolve("postgres");
    Command command = new Command(program, List.of("-V"), Path.of("/"), account.toDrop());
    Command.Result result;
    try {
      account.requireAccess(List.of(bin));
      result = command.run(answers.resolve(UUID.randomUUID() + ".out"));
    } catch (NativeException e) {
      String reason =
          e.errno() == Errno.ENOEXEC
              ? "it is not a program for this machine's " + System.getProperty("os.arch")
              : e.getMessage();
      throw unusable(program, reason, e);
    }
    return Version.printed(result.output())
        .orElseThrow(
            () ->
                unusable(
                    program,
                    "postgres -V ended with "
                        + result.status()
                        + " and wrote: "
                        + result.output().strip(),
                    null));
  }

  private static UnavailableException unusable(
      Path program, String reason, @Nullable Throwable cause) {
    return new UnavailableException(
        "use",
        program.toString(),
        reason,
        "install Postgres 14 to 18 built for this machine",
        cause);
  }

  // Not the content: a binary is 10 MB. An upgrade changes the inode and the time.
  private static String fingerprint(Path program) throws IOException {
    Path real = program.toRealPath();
    String state =
        real
            + "\n"
            + Files.size(real)
            + "\n"
            + Files.getLastModifiedTime(real).toMillis()
            + "\n"
            + Files.getAttribute(real, "unix:ino");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
      return String.format("%064x", new BigInteger(1, hash)).substring(0, SHORT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
