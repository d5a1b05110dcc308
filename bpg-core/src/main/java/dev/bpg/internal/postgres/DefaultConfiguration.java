package dev.bpg.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a new database's {@code postgresql.conf} says beyond {@code initdb}'s defaults. It is in the
 * file and not on the command line, so that {@code ALTER SYSTEM} can change it.
 */
public final class DefaultConfiguration {

  private static final String CONTENT =
      """

      # Defaults of bpg, which runs many small servers on one machine.
      shared_buffers = 32MB
      # On storages that share data a recycled or zero-filled WAL file saves nothing and takes space.
      wal_init_zero = off
      wal_recycle = off
      # Each branch that is taken under the backup protocol holds one meanwhile.
      max_replication_slots = 100
      """;

  private DefaultConfiguration() {}

  /** Appends it to a new data folder's configuration. */
  public static void appendTo(Path data) throws IOException {
    Files.writeString(data.resolve("postgresql.conf"), CONTENT, StandardOpenOption.APPEND);
  }
}
