package dev.bpg.internal.engine;

import dev.bpg.internal.platform.Alarm;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.wal.WalSegments;
import dev.bpg.model.BranchName;
import dev.bpg.model.Lsn;
import dev.bpg.model.RecoveryProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how far a server is that replays WAL. It takes no connections meanwhile, but has each
 * segment put into its WAL folder, under its name, right before it replays it. From the first one
 * on, what is before the newest is replayed.
 */
final class ReplayWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayWatch.class);
  private static final Duration BETWEEN_LOGS = Duration.ofSeconds(10);

  private final BranchName parent;
  private final Path folder;
  private final WalSegments segments;
  private final int timeline;
  private final Lsn start;
  private final Optional<Lsn> wanted;
  private final Consumer<RecoveryProgress> listener;
  private final long began = System.nanoTime();
  private final Map<String, Object> before;
  private final Alarm end;
  private final FolderWatch watch;
  private final Thread thread;
  private long logged = began;
  private long newest;

  private ReplayWatch(
      BranchName parent,
      Path folder,
      RecoverySource.Choice choice,
      Consumer<RecoveryProgress> listener)
      throws IOException {
    this.parent = parent;
    this.folder = folder;
    this.segments = choice.archive().segments();
    this.timeline = choice.base().timeline();
    this.start = RecoverySource.start(choice.base());
    this.wanted = choice.end();
    this.listener = listener;
    this.newest = segments.numberAt(start);
    this.before = files();
    this.end = Alarm.open();
    try {
      this.watch = FolderWatch.open(folder);
    } catch (IOException | RuntimeException e) {
      end.close();
      throw e;
    }
    this.thread = new Thread(this::run, "bpg-replay-" + parent);
    thread.setDaemon(true);
  }

  /**
   * Begins to tell.
   *
   * @param data the recovering server's data folder, before it starts
   */
  static ReplayWatch begin(
      BranchName parent,
      Path data,
      RecoverySource.Choice choice,
      Consumer<RecoveryProgress> listener)
      throws IOException {
    ReplayWatch watch = new ReplayWatch(parent, data.resolve("pg_wal"), choice, listener);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (watch.await(end, System.nanoTime() + Long.MAX_VALUE / 2) != FolderWatch.Wake.EXITED) {
        look();
      }
    } catch (IOException | InterruptedException e) {
      LOG.debug("the recovery of {} goes on, and nobody looks how far it is", parent, e);
    }
  }

  // A clone's folder may hold recycled files that are named ahead, so only what is new counts.
  private void look() throws IOException {
    List<String> restored = new ArrayList<>();
    files()
        .forEach(
            (name, key) -> {
              if (!key.equals(before.get(name))) {
                restored.add(name);
              }
            });
    long number = restored.stream().mapToLong(segments::numberOf).max().orElse(newest);
    if (number > newest) {
      newest = number;
      tell();
    }
  }

  private void tell() {
    Lsn replayed = segments.start(newest);
    long now = System.nanoTime();
    RecoveryProgress progress =
        new RecoveryProgress(start, replayed, wanted, Duration.ofNanos(now - began));
    try {
      listener.accept(progress);
    } catch (RuntimeException e) {
      LOG.warn("a listener of the recovery of {} failed", parent, e);
    }
    if (now - logged >= BETWEEN_LOGS.toNanos()) {
      logged = now;
      LOG.info("recovering {}: {}", parent, progress);
    }
  }

  private Map<String, Object> files() throws IOException {
    Map<String, Object> found = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : (Iterable<Path>) entries::iterator) {
        String name = file.getFileName().toString();
        // At its end the server names files ahead in the timeline that it begins.
        if (segments.isNameOfThisSize(name) && WalSegments.timelineOf(name) == timeline) {
          key(file).ifPresent(key -> found.put(name, key));
        }
      }
    }
    return found;
  }

  private static Optional<Object> key(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      // The server is done with it.
      return Optional.empty();
    }
  }

  /** Tells nothing any more when it returns. */
  @Override
  public void close() throws IOException {
    boolean interrupted = false;
    end.ring();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    watch.close();
    end.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
