package dev.bpg.internal.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code global/pg_control} of a data folder says. The beginning of its layout, the struct
 * {@code ControlFileData} of {@code catalog/pg_control.h}, is the same from Postgres 14 to 18.
 *
 * @param systemIdentifier what tells one cluster from another
 * @param wasShutDown whether the last server was
 * @param checkpoint where the last checkpoint's record is, as Postgres writes it
 * @param redo where a recovery begins: the first WAL that the data needs
 * @param timeline the timeline of that WAL
 * @param capacities the settings that size what is shared, which the data may need as large as they
 *     were: as the last server had them, wherever it had them from; of a standby, as its primary
 */
public record ControlFile(
    long systemIdentifier,
    boolean wasShutDown,
    String checkpoint,
    String redo,
    int timeline,
    Map<String, Integer> capacities) {

  /** How many transactions may be prepared, of {@link #capacities}. */
  public static final String MAX_PREPARED_TRANSACTIONS = "max_prepared_transactions";

  // In the order of the struct.
  private static final List<String> CAPACITIES =
      List.of(
          "max_connections",
          "max_worker_processes",
          "max_wal_senders",
          MAX_PREPARED_TRANSACTIONS,
          "max_locks_per_transaction");

  private static final int STATE = 16;
  private static final int CHECKPOINT = 32;
  private static final int REDO = 40;
  private static final int TIMELINE = 48;
  private static final int FIRST_CAPACITY = 180;
  private static final int LENGTH = FIRST_CAPACITY + 5 * Integer.BYTES;

  private static final int SHUT_DOWN = 1;
  private static final int SHUT_DOWN_IN_RECOVERY = 2;

  /** Reads that of a data folder, in the byte order of this machine. */
  public static ControlFile of(Path data) throws IOException {
    Path path = data.resolve("global/pg_control");
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
    try (FileChannel file = FileChannel.open(path)) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes) < 0) {
          throw new EOFException(path + " is cut short");
        }
      }
    }
    int state = bytes.getInt(STATE);
    return new ControlFile(
        bytes.getLong(0),
        state == SHUT_DOWN || state == SHUT_DOWN_IN_RECOVERY,
        lsn(bytes.getLong(CHECKPOINT)),
        lsn(bytes.getLong(REDO)),
        bytes.getInt(TIMELINE),
        capacities(bytes));
  }

  private static Map<String, Integer> capacities(ByteBuffer bytes) {
    Map<String, Integer> capacities = new LinkedHashMap<>();
    for (int i = 0; i < CAPACITIES.size(); i++) {
      capacities.put(CAPACITIES.get(i), bytes.getInt(FIRST_CAPACITY + i * Integer.BYTES));
    }
    return Collections.unmodifiableMap(capacities);
  }

  private static String lsn(long value) {
    return String.format("%X/%X", value >>> 32, value & 0xFFFFFFFFL);
  }
}
