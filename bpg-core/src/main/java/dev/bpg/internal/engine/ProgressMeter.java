package dev.bpg.internal.engine;

import dev.bpg.model.ImportProgress;
import dev.bpg.model.ImportProgress.Phase;
import java.util.OptionalLong;

/**
 * Adds up what is done and tells it at the beginning, at the end, and about a hundred times in
 * between. Safe for use by several threads; the listener is never called by two at once.
 */
public final class ProgressMeter {

  /** Is told of progress. What it throws ends what is going on. */
  @FunctionalInterface
  public interface Listener {
    /** Called now and then, by the thread that does the work. */
    void on(ImportProgress progress);
  }

  private static final int TIMES = 100;
  private static final long STEP_WITHOUT_TOTAL = 1L << 20;

  private final Listener listener;
  private final Phase phase;
  private final long step;
  private OptionalLong total;
  private long done;
  private long told;

  /** One whose total is known, or which is told of every MiB. */
  ProgressMeter(Listener listener, Phase phase, OptionalLong total) {
    this(
        listener,
        phase,
        total,
        total.isPresent() ? Math.max(1, total.getAsLong() / TIMES) : STEP_WITHOUT_TOTAL);
  }

  /** One that tells whenever a step more is done. */
  ProgressMeter(Listener listener, Phase phase, OptionalLong total, long step) {
    this.listener = listener;
    this.phase = phase;
    this.total = total;
    this.step = step;
    listener.on(new ImportProgress(phase, 0, total));
  }

  synchronized void add(long more) {
    reach(done + more);
  }

  synchronized void reach(long now) {
    done = Math.max(done, now);
    if (done - told >= step) {
      tell();
    }
  }

  /** Tells the end; nothing is left to do, whatever was thought to be. */
  synchronized void finish() {
    total = OptionalLong.of(total.orElse(done));
    done = total.getAsLong();
    tell();
  }

  private void tell() {
    told = done;
    listener.on(new ImportProgress(phase, done, total));
  }
}
