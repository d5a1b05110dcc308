package dev.bpg.internal.wal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Finds in a record what has a time. The main data of the records in question is behind a few
 * headers of known lengths, for none of them refers to blocks.
 */
final class WalEvents {

  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  // Of fragments of a record, in xlogrecord.h.
  private static final int SHORT_DATA = 255;
  private static final int LONG_DATA = 254;
  private static final int ORIGIN = 253;
  private static final int TOP_TRANSACTION = 252;

  // Of the manager of transactions, in xact.h; the highest bit says that more follows.
  private static final int KINDS_OF_TRANSACTION = 0x70;
  private static final int COMMIT = 0x00;
  private static final int ABORT = 0x20;
  private static final int COMMIT_PREPARED = 0x30;
  private static final int ABORT_PREPARED = 0x40;

  // Of the manager of the WAL, in pg_control.h.
  private static final int RESTORE_POINT = 0x70;
  private static final int LENGTH_OF_NAME = 64;

  private WalEvents() {}

  static Optional<WalEvent> of(WalRecord record) {
    if (record.manager() == WalRecord.TRANSACTION) {
      return switch (record.kind() & KINDS_OF_TRANSACTION) {
        case COMMIT, COMMIT_PREPARED -> transactionEnd(record, true);
        case ABORT, ABORT_PREPARED -> transactionEnd(record, false);
        default -> Optional.empty();
      };
    }
    return record.kind() == RESTORE_POINT ? restorePoint(record) : Optional.empty();
  }

  private static Optional<WalEvent> transactionEnd(WalRecord record, boolean committed) {
    return mainData(record.body())
        .filter(data -> data.remaining() >= Long.BYTES)
        .map(
            data ->
                new WalEvent.TransactionEnd(
                    record.start(), record.end(), time(data.getLong()), committed));
  }

  private static Optional<WalEvent> restorePoint(WalRecord record) {
    return mainData(record.body())
        .filter(data -> data.remaining() >= Long.BYTES + LENGTH_OF_NAME)
        .map(
            data ->
                new WalEvent.RestorePoint(
                    record.start(), record.end(), time(data.getLong()), name(data)));
  }

  private static Optional<ByteBuffer> mainData(ByteBuffer body) {
    while (body.hasRemaining()) {
      int id = Byte.toUnsignedInt(body.get());
      int header =
          switch (id) {
            case SHORT_DATA -> 1;
            case LONG_DATA -> Integer.BYTES;
            case ORIGIN -> Short.BYTES;
            case TOP_TRANSACTION -> Integer.BYTES;
            default -> Integer.MAX_VALUE;
          };
      if (header > body.remaining()) {
        return Optional.empty();
      }
      body.position(body.position() + header);
      if (id == SHORT_DATA || id == LONG_DATA) {
        return Optional.of(body);
      }
    }
    return Optional.empty();
  }

  private static Instant time(long microseconds) {
    return EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }

  private static String name(ByteBuffer data) {
    byte[] name = new byte[LENGTH_OF_NAME];
    data.get(name);
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    return new String(name, 0, length, StandardCharsets.UTF_8);
  }
}
