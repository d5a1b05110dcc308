package dev.bpg.internal.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;

/**
 * What documents say, for as long as their files are those that were read: an operation asks for
 * the same few several times, and to look at a file takes a tenth of reading it. Thread-safe.
 *
 * @param <T> what a document says; immutable
 */
final class KnownDocuments<T> {

  private static final int MOST = 256;

  // A file system may give two changes the same time: in one tick of the machine's clock, or in two
  // seconds on FAT. What changed a short while ago is read each time, so that whatever comes later
  // has another time.
  private static final long SETTLED_MILLIS = 3_000;

  private final Map<Path, Known<T>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Entry<Path, Known<T>> eldest) {
          return size() > MOST;
        }
      };

  private record Known<T>(State state, T value) {}

  /** A file that replaces another has another key as long as either is there. */
  private record State(Object key, long size, FileTime modified) {

    static State of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          Objects.requireNonNullElse(found.fileKey(), file),
          found.size(),
          found.lastModifiedTime());
    }

    boolean isSettled() {
      return modified.toMillis() <= System.currentTimeMillis() - SETTLED_MILLIS;
    }
  }

  /** Reads a document. */
  interface Reader<T> {
    /** Reads it. */
    T read() throws IOException;
  }

  /** A document, read if it is not the one that is known. */
  T get(Path file, Reader<T> reader) throws IOException {
    // Before it is read: what is put in its place meanwhile has another state.
    State state = State.of(file);
    Known<T> last;
    synchronized (known) {
      last = known.get(file);
    }
    if (last != null && last.state.equals(state)) {
      return last.value;
    }
    T value = reader.read();
    if (state.isSettled()) {
      synchronized (known) {
        known.put(file, new Known<>(state, value));
      }
    }
    return value;
  }
}
