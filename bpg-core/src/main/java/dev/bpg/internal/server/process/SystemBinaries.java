package dev.bpg.internal.server.process;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.InstalledPostgres;
import dev.bpg.internal.server.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's own Postgres: where Debian and Red Hat install it, and what the PATH names. */
final class SystemBinaries {

  static final String ORIGIN = "system";
  static final String PLACES = "/usr/lib/postgresql, /usr/pgsql-*, /usr/local/pgsql or the PATH";

  private static final Logger LOG = LoggerFactory.getLogger(SystemBinaries.class);

  private final VersionProbe probe;

  SystemBinaries(VersionProbe probe) {
    this.probe = probe;
  }

  /** The newest installation of a major version, or of all. */
  Optional<Installation> find(OptionalInt major) throws IOException, InterruptedException {
    Optional<Version> best = Optional.empty();
    Optional<Installation> found = Optional.empty();
    for (Path bin : folders()) {
      Optional<Version> version = version(bin).filter(v -> v.fits(major));
      if (version.isPresent() && (best.isEmpty() || version.get().compareTo(best.get()) > 0)) {
        best = version;
        found = Optional.of(new Installation(bin, version.get().build(ORIGIN)));
      }
    }
    return found;
  }

  // One installation that is broken must not hide the others.
  private Optional<Version> version(Path bin) throws IOException, InterruptedException {
    try {
      return Optional.of(probe.of(bin));
    } catch (UnavailableException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Collection<Path> folders() throws IOException {
    Set<Path> real = new LinkedHashSet<>();
    for (Path candidate : InstalledPostgres.folders()) {
      if (Files.isExecutable(candidate.resolve("postgres"))) {
        // In the PATH there may be only links to them.
        Path bin = candidate.resolve("postgres").toRealPath().getParent();
        if (Installation.isIn(bin)) {
          real.add(bin);
        }
      }
    }
    return real;
  }
}
