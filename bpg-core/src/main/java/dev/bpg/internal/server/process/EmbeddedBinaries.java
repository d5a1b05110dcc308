package dev.bpg.internal.server.process;

import dev.bpg.internal.platform.FileSystemSync;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.server.AtomicFile;
import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.server.SafeFolders;
import dev.bpg.internal.server.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Postgres from zonky's artifacts on the class path, unpacked once into the cache folder. A folder
 * with its final name is always complete: it gets that name last.
 */
final class EmbeddedBinaries {

  static final String ORIGIN = "embedded";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBinaries.class);
  private static final String FOLDER_MODE = "rwxr-xr-x";

  private final Path unpacked;
  private final String resource;
  private final List<ClassLoader> classLoaders;
  private final VersionProbe probe;

  EmbeddedBinaries(ProcessOptions options, Platform platform, VersionProbe probe) {
    this.unpacked = options.cache().resolve("postgres");
    this.resource = platform.embeddedResource();
    this.classLoaders = options.classLoaders();
    this.probe = probe;
  }

  /** The newest archive of a major version, or of all, unpacked. */
  Optional<Installation> find(OptionalInt major) throws IOException, InterruptedException {
    Collection<EmbeddedArchive> archives = archives();
    while (true) {
      List<EmbeddedArchive> fitting = new ArrayList<>();
      for (EmbeddedArchive archive : archives) {
        if (version(archive).fits(major)) {
          fitting.add(archive);
        }
      }
      if (fitting.isEmpty()) {
        return Optional.empty();
      }
      Map<EmbeddedArchive, Version> versions = versions(fitting);
      EmbeddedArchive best =
          Collections.max(fitting, Comparator.comparing(versions::get, Comparator.naturalOrder()));
      Version expected = versions.get(best);
      Version version = unpack(best);
      if (version.compareTo(expected) == 0) {
        return Optional.of(new Installation(bin(best), version.build(ORIGIN)));
      }
      // The jar's name was wrong. Now its version is known, so the next round is different.
    }
  }

  private Map<EmbeddedArchive, Version> versions(Collection<EmbeddedArchive> archives)
      throws IOException, InterruptedException {
    Map<EmbeddedArchive, Version> versions = new LinkedHashMap<>();
    for (EmbeddedArchive archive : archives) {
      versions.put(archive, version(archive));
    }
    return versions;
  }

  /** The versions on the class path, for messages. */
  List<String> versions() throws IOException, InterruptedException {
    return versions(archives()).values().stream().sorted().map(Version::text).toList();
  }

  private Version version(EmbeddedArchive archive) throws IOException, InterruptedException {
    Optional<Version> known = remembered(archive).or(archive::guess);
    return known.isPresent() ? known.get() : unpack(archive);
  }

  private Collection<EmbeddedArchive> archives() throws IOException {
    Map<String, EmbeddedArchive> found = new LinkedHashMap<>();
    for (ClassLoader loader : classLoaders) {
      for (URL url : Collections.list(loader.getResources(resource))) {
        EmbeddedArchive archive = EmbeddedArchive.at(url);
        found.putIfAbsent(archive.key(), archive);
      }
    }
    return found.values();
  }

  private Path folder(EmbeddedArchive archive) {
    return unpacked.resolve(archive.key());
  }

  private Path bin(EmbeddedArchive archive) {
    return folder(archive).resolve("bin");
  }

  private Optional<Version> remembered(EmbeddedArchive archive) throws IOException {
    return AtomicFile.read(folder(archive).resolve("version"))
        .map(String::strip)
        .flatMap(Version::parse);
  }

  private Version unpack(EmbeddedArchive archive) throws IOException, InterruptedException {
    Optional<Version> before = remembered(archive);
    if (before.isPresent()) {
      return before.get();
    }
    SafeFolders.make(unpacked, FOLDER_MODE);
    try (LockFile lock = LockFile.lock(unpacked.resolve(archive.key() + ".lock"), false)) {
      Optional<Version> meanwhile = remembered(archive);
      return meanwhile.isPresent() ? meanwhile.get() : unpackLocked(archive);
    }
  }

  private Version unpackLocked(EmbeddedArchive archive) throws IOException, InterruptedException {
    String name = archive.guess().map(v -> "Postgres " + v.text()).orElse("Postgres");
    LOG.info("unpacking {} into {} once", name, folder(archive));
    // We hold the lock, so whoever began these did not live to finish.
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(unpacked, archive.key() + ".tmp-*")) {
      for (Path folder : left) {
        FolderTree.delete(folder);
      }
    }
    Path temporary = unpacked.resolve(archive.key() + ".tmp-" + UUID.randomUUID());
    try {
      SafeFolders.make(temporary, FOLDER_MODE);
      try (InputStream in = archive.open()) {
        new ArchiveUnpacker(temporary).unpack(in);
      }
      Version version = probe.ask(temporary.resolve("bin"));
      Files.writeString(temporary.resolve("version"), version.text() + "\n");
      // The name must not reach the disk before the content.
      FileSystemSync.sync(temporary);
      Files.move(temporary, folder(archive), StandardCopyOption.ATOMIC_MOVE);
      return version;
    } finally {
      FolderTree.delete(temporary);
    }
  }
}
