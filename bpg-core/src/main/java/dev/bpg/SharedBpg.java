package dev.bpg;

import dev.bpg.config.BpgConfig;
import dev.bpg.error.CancelledException;
import dev.bpg.model.PoolLimits;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one that a process shares. Thread-safe. */
final class SharedBpg {

  private static final Logger LOG = LoggerFactory.getLogger(SharedBpg.class);

  private static @Nullable Bpg instance;
  private static @Nullable FutureTask<Optional<Bpg>> ahead;

  private SharedBpg() {}

  // Opened when first asked for, once. Not in an initialiser, which would hide why it failed in an
  // ExceptionInInitializerError, and every later time in a NoClassDefFoundError.
  static synchronized Bpg get() {
    if (instance == null) {
      BpgConfig config = BpgConfig.load();
      instance = openedAhead(config).orElseGet(() -> Bpg.open(config));
    }
    return instance;
  }

  /** Begins to open it, if it is not open, and its home is there. */
  static synchronized void openAhead(PoolLimits limits) {
    if (instance == null && ahead == null) {
      FutureTask<Optional<Bpg>> opening = new FutureTask<>(SharedBpg::openIfThere);
      Thread thread = new Thread(() -> open(opening, limits), "bpg-ahead");
      thread.setDaemon(true);
      thread.start();
      ahead = opening;
    }
  }

  private static Optional<Bpg> openIfThere() {
    BpgConfig config = BpgConfig.load();
    return Files.isDirectory(config.home()) ? Optional.of(Bpg.open(config)) : Optional.empty();
  }

  private static void open(FutureTask<Optional<Bpg>> opening, PoolLimits limits) {
    opening.run();
    try {
      opening.get().ifPresent(bpg -> bpg.startLastUsed(limits));
    } catch (ExecutionException | InterruptedException | RuntimeException | LinkageError e) {
      // Whoever wants something tries it again, and is told. A class is not found where the class
      // loader was closed meanwhile.
      LOG.debug("nothing was done ahead", e);
    }
  }

  private static Optional<Bpg> openedAhead(BpgConfig config) {
    FutureTask<Optional<Bpg>> opening = ahead;
    if (opening == null) {
      return Optional.empty();
    }
    try {
      Optional<Bpg> opened = opening.get();
      ahead = null;
      // Properties may have been set since.
      if (opened.isPresent() && !opened.get().isOf(config)) {
        opened.get().close();
        return Optional.empty();
      }
      return opened;
    } catch (ExecutionException e) {
      ahead = null; // It was logged where it was opened.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "open the home folder",
          config.home().toString(),
          "the thread was interrupted",
          "open it again if it is still wanted",
          e);
    }
  }
}
