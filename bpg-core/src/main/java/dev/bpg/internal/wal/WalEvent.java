package dev.bpg.internal.wal;

import dev.bpg.model.Lsn;
import java.time.Instant;

/**
 * Something in the WAL that has a time and at which a recovery can stop.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">
 *     Recovery Target</a>
 */
public sealed interface WalEvent {

  /** Where its record begins. */
  Lsn start();

  /** Where the byte after its record is: where recovery stands after replaying it. */
  Lsn end();

  /**
   * When it was, by the server's clock and to the microsecond. Later ones may have earlier times.
   */
  Instant time();

  /**
   * The end of a transaction that wrote something.
   *
   * @param committed whether it was committed; if not, it was rolled back
   */
  record TransactionEnd(Lsn start, Lsn end, Instant time, boolean committed) implements WalEvent {}

  /**
   * A place that was named by {@code pg_create_restore_point}.
   *
   * @param name its name; there may be others of the same
   */
  record RestorePoint(Lsn start, Lsn end, Instant time, String name) implements WalEvent {}
}
