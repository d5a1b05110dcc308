package dev.bpg.junit5;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.Resource;

/** The class path as Liquibase sees it, which remembers what was found and what is in that. */
final class RecordingResources extends ClassLoaderResourceAccessor {

  private final SortedMap<String, String> hashes = new TreeMap<>();

  RecordingResources(ClassLoader loader) {
    super(loader);
  }

  /** The hash of each file that was found so far, by its path. */
  SortedMap<String, String> hashes() {
    return hashes;
  }

  @Override
  public List<Resource> getAll(String path) throws IOException {
    return recorded(super.getAll(path));
  }

  @Override
  public List<Resource> search(String path, boolean recursive) throws IOException {
    return recorded(super.search(path, recursive));
  }

  @Override
  public List<Resource> search(String path, SearchOptions options) throws IOException {
    return recorded(super.search(path, options));
  }

  private List<Resource> recorded(List<Resource> found) throws IOException {
    if (found != null) {
      for (Resource resource : found) {
        if (!hashes.containsKey(resource.getPath())) {
          try (InputStream in = resource.openInputStream()) {
            hashes.put(resource.getPath(), new ContentHash().add(in).text());
          }
        }
      }
    }
    return found;
  }
}
