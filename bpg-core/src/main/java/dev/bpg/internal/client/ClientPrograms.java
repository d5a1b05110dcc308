package dev.bpg.internal.client;

import dev.bpg.error.NativeException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds client programs where Debian and Red Hat install them and where the PATH names. */
public final class ClientPrograms {

  private static final String PLACES =
      "/usr/lib/postgresql/*/bin, /usr/pgsql-*/bin, /usr/local/pgsql/bin or the PATH";
  private static final Pattern PRINTED = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");
  private static final Comparator<ClientProgram> NEWEST_FIRST =
      Comparator.comparingInt(ClientProgram::major).reversed();

  private static final Logger LOG = LoggerFactory.getLogger(ClientPrograms.class);

  private final List<Path> folders;
  private final String places;

  private ClientPrograms(List<Path> folders, String places) {
    this.folders = folders;
    this.places = places;
  }

  /** Those of this machine. */
  public static ClientPrograms ofSystem() throws IOException {
    return new ClientPrograms(InstalledPostgres.folders(), PLACES);
  }

  /** Those in some folders. */
  static ClientPrograms in(Path... folders) {
    return new ClientPrograms(List.of(folders), List.of(folders).toString());
  }

  /**
   * All of a name, each run once for its version: the one of the preferred major version first,
   * then the newest.
   *
   * @param operation what it is needed for, and on what, for the message
   * @throws UnavailableException if there is none
   */
  public List<ClientProgram> find(String name, int preferred, String operation, String subject)
      throws IOException, InterruptedException {
    List<ClientProgram> found = new ArrayList<>();
    for (Path path : files(name)) {
      version(name, path).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      throw new UnavailableException(
          operation,
          subject,
          "it takes Postgres' program " + name + ", and there is none in " + places,
          "install the client programs of Postgres, such as the package postgresql-client");
    }
    found.sort(
        Comparator.comparing((ClientProgram program) -> program.major() != preferred)
            .thenComparing(NEWEST_FIRST));
    return found;
  }

  // What Debian has in /usr/bin is a link to a script of another name, which picks a version.
  private Set<Path> files(String name) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        Path real = file.toRealPath();
        if (real.endsWith(name)) {
          files.add(real);
        }
      }
    }
    return files;
  }

  private static Optional<ClientProgram> version(String name, Path path)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bpg-client");
    try {
      ClientRun.Result result =
          new ClientRun(new ClientProgram(name, path, 0, "of unknown version"), folder)
              .askVersion();
      Matcher printed = PRINTED.matcher(result.output());
      return result.status() == 0 && printed.find()
          ? Optional.of(
              new ClientProgram(name, path, Integer.parseInt(printed.group(2)), printed.group(1)))
          : Optional.empty();
    } catch (NativeException e) {
      // One installation that is broken must not hide the others.
      LOG.warn("{} cannot be run: {}", path, e.getMessage());
      return Optional.empty();
    } finally {
      Files.delete(folder);
    }
  }
}
