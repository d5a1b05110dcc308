package dev.bpg.internal.server;

import dev.bpg.error.StartFailedException;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.ServerState;
import dev.bpg.server.ServerState.Kind;
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
public final class DataFolder {

  // ControlFileData in pg_control.h starts with system_identifier (8 bytes), pg_control_version
  // (4), catalog_version_no (4); then comes the state, in the byte order of the machine.
  private static final int STATE_OFFSET = 16;
  private static final int SHUT_DOWN = 1;
  private static final int SHUT_DOWN_IN_RECOVERY = 2;

  private DataFolder() {}

  /** The major version in {@code PG_VERSION}; empty if this is no data folder. */
  public static OptionalInt major(Path folder) throws IOException {
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
  public static Optional<Boolean> wasShutDown(Path folder) throws IOException {
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

  /**
   * Checks that a build may run on a folder.
   *
   * @param subject the server, for the message
   * @throws StartFailedException if it is not a data folder, or one of another major version
   */
  public static void requireMajor(String subject, Path folder, PostgresBuild build)
      throws IOException {
    OptionalInt major = major(folder);
    if (major.isEmpty()) {
      throw new StartFailedException(
          "start",
          subject,
          folder + " is not a data folder: it has no PG_VERSION",
          "create the branch again");
    }
    if (major.getAsInt() != build.major()) {
      throw new StartFailedException(
          "start",
          subject,
          "its data belongs to Postgres " + major.getAsInt() + ", not to " + build,
          "start it with Postgres " + major.getAsInt());
    }
  }

  /** Why nothing can run on a folder; empty if something can. */
  public static Optional<ServerState> broken(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.of(state(Kind.BROKEN, "the data folder " + folder + " is missing"));
    }
    return major(folder).isEmpty()
        ? Optional.of(state(Kind.BROKEN, "the data folder has no PG_VERSION"))
        : Optional.empty();
  }

  /** The state of a folder that no server runs on. */
  public static ServerState withoutServer(Path folder) throws IOException {
    Optional<Boolean> shutDown = wasShutDown(folder);
    if (shutDown.isEmpty()) {
      return state(Kind.BROKEN, "the data folder has no global/pg_control");
    }
    return shutDown.get()
        ? state(Kind.STOPPED, "it was shut down")
        : state(Kind.CRASHED, "the last server was not shut down; the next start recovers");
  }

  private static ServerState state(Kind kind, String reason) {
    return new ServerState(kind, reason, Optional.empty());
  }
}
