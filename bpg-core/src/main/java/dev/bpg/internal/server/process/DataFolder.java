package dev.bpg.internal.server.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What Postgres' own files in a data folder say while no server runs on it. */
final class DataFolder {

  // ControlFileData in pg_control.h starts with system_identifier (8 bytes), pg_control_version
  // (4), catalog_version_no (4); then comes the state, in the byte order of the machine.
  private static final int STATE_OFFSET = 16;
  private static final int SHUT_DOWN = 1;
  private static final int SHUT_DOWN_IN_RECOVERY = 2;

  private DataFolder() {}

  /** The major version in {@code PG_VERSION}; empty if this is no data folder. */
  static OptionalInt major(Path folder) throws IOException {
    try {
      String text = Files.readString(folder.resolve("PG_VERSION")).strip();
      return text.matches("[0-9]{1,4}")
          ? OptionalInt.of(Integer.parseInt(text))
          : OptionalInt.empty();
    } catch (NoSuchFileException e) {
      return OptionalInt.empty();
    }
  }

  /** Whether the last server was shut down; empty if there is no control file. */
  static Optional<Boolean> wasShutDown(Path folder) throws IOException {
    ByteBuffer state = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel file = FileChannel.open(folder.resolve("global/pg_control"))) {
      if (file.read(state, STATE_OFFSET) < Integer.BYTES) {
        return Optional.empty();
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int value = state.getInt(0);
    return Optional.of(value == SHUT_DOWN || value == SHUT_DOWN_IN_RECOVERY);
  }
}
