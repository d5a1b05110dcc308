package dev.bpg.internal.server.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the process runtime is set up.
 *
 * @param home the home folder; logs and access rules are kept in {@code servers} below it
 * @param cache where embedded binaries are unpacked, in {@code postgres} below it
 * @param binaries the only folder to take Postgres from, with {@code bin/postgres} in it, or that
 *     {@code bin} folder; empty to search the class path and the system
 * @param user who servers run as when this process is root; empty for {@code postgres} if it
 *     exists, else {@code nobody}. Ignored when this process is not root
 * @param classLoaders whose class paths to search for embedded binaries, in this order
 */
public record ProcessOptions(
    Path home,
    Path cache,
    Optional<Path> binaries,
    Optional<String> user,
    List<ClassLoader> classLoaders) {

  /** Makes the paths absolute. */
  public ProcessOptions {
    home = home.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
    binaries = binaries.map(path -> path.toAbsolutePath().normalize());
    classLoaders = List.copyOf(classLoaders);
  }

  /** Options that search the context class loader of the calling thread, then that of bpg. */
  public static ProcessOptions of(
      Path home, Path cache, Optional<Path> binaries, Optional<String> user) {
    ClassLoader ours = ProcessOptions.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    List<ClassLoader> loaders =
        context == null || context == ours ? List.of(ours) : List.of(context, ours);
    return new ProcessOptions(home, cache, binaries, user, loaders);
  }
}
