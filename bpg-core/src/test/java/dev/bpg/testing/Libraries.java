package dev.bpg.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives test methods these {@code Libraries}: one home with a filled database on each storage, made
 * when first asked for and shared by all test classes of this JVM, for {@code initdb} takes a
 * second. Where Maven has several JVMs run the tests, each class is an execution of its own: only
 * the launcher's session spans them all.
 */
public final class Libraries implements ParameterResolver, LauncherSessionListener {

  private static @Nullable Opened opened;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Opened.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return opened();
  }

  private static synchronized Opened opened() {
    if (opened == null) {
      opened = new Opened();
    }
    return opened;
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    synchronized (Libraries.class) {
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }

  /** The homes that are open; closed and deleted after the last test. */
  public static final class Opened {
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

    private synchronized void close() {
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
