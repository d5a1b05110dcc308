package dev.bpg.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a branch sees that recovers from several archives, by the rules of {@link
 * ArchiveStore#restoreSettings}: its own, then those of its ancestors up to where they were left,
 * and of files of the same name the first. Immutable.
 */
public final class ArchiveChain implements ArchiveFiles {

  private final List<RestoreSource> sources;

  /** A chain of archives, the branch's own first. */
  public ArchiveChain(List<RestoreSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public String location() {
    return sources.stream()
        .map(source -> source.folder().toString())
        .collect(Collectors.joining(" and "));
  }

  @Override
  public void list(Consumer<ArchivedFile> files) throws IOException {
    Set<String> before = new HashSet<>();
    for (RestoreSource source : sources) {
      Set<String> here = new HashSet<>();
      LocalArchive.in(source.folder())
          .list(
              file -> {
                if (source.admits(file.name()) && !before.contains(file.name())) {
                  here.add(file.name());
                  files.accept(file);
                }
              });
      before.addAll(here);
    }
  }

  @Override
  public InputStream open(ArchivedFile file) throws IOException {
    for (RestoreSource source : sources) {
      if (source.admits(file.name())) {
        try {
          return LocalArchive.in(source.folder()).open(file);
        } catch (NoSuchFileException e) {
          continue;
        }
      }
    }
    throw new NoSuchFileException(file.storedName());
  }
}
