package dev.bpg.internal.server.process;

import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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
    List<Path> candidates = new ArrayList<>();
    for (Path version : matching(Path.of("/usr/lib/postgresql"), "*")) {
      candidates.add(version.resolve("bin"));
    }
    for (Path version : matching(Path.of("/usr"), "pgsql-*")) {
      candidates.add(version.resolve("bin"));
    }
    candidates.add(Path.of("/usr/local/pgsql/bin"));
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : path.split(":")) {
      if (folder.startsWith("/")) {
        candidates.add(Path.of(folder));
      }
    }
    Set<Path> real = new LinkedHashSet<>();
    for (Path candidate : candidates) {
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

  private static List<Path> matching(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(found::add);
      }
    }
    return found;
  }
}
