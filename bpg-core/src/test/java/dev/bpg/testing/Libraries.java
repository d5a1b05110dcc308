package dev.bpg.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods these {@code Libraries}: one home with a filled database on each storage, made
 * when first asked for and shared by all test classes, for {@code initdb} takes a second.
 */
public final class Libraries implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Opened.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Libraries.class))
        .getOrComputeIfAbsent(Opened.class);
  }

  /** The homes that are open; closed and deleted with the last test. */
  public static final class Opened implements AutoCloseable {
    private final Map<TestStorage, Library> open = new EnumMap<>(TestStorage.class);
    private @Nullable Path cache;

    /** The home on a storage; aborts the test if that storage is not configured. */
    public synchronized Library on(TestStorage storage) throws IOException {
      if (cache == null) {
        cache = Library.reachable(RealStorages.anywhere());
      }
      Library library = open.get(storage);
      if (library == null) {
        library = Library.open(storage, cache);
        open.put(storage, library);
      }
      return library;
    }

    @Override
    public synchronized void close() {
      try {
        for (Library library : open.values()) {
          library.close();
        }
        if (cache != null) {
          Library.delete(cache);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
