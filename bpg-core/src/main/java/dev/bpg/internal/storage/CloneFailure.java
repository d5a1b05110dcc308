package dev.bpg.internal.storage;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first failure among the threads of a clone; it makes the others stop. */
final class CloneFailure {

  /** A part of the work. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  boolean isPresent() {
    return first.get() != null;
  }

  /** Runs a part of the work and keeps its failure. */
  void guard(Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error e) {
      record(e);
    }
  }

  void record(Throwable failure) {
    Throwable earlier = first.compareAndExchange(null, failure);
    if (earlier != null && earlier != failure) {
      earlier.addSuppressed(failure);
    }
  }

  void throwIfPresent() throws IOException {
    Throwable failure = first.get();
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
