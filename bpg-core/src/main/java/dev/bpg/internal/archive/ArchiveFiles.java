package dev.bpg.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Archived files that can be listed and read, while servers may be archiving more. */
public interface ArchiveFiles {

  /** Where they are, for messages. */
  String location();

  /** Hands on each file that Postgres archived, in no order, without holding them all. */
  void list(Consumer<ArchivedFile> files) throws IOException;

  /** Opens a file; the bytes come as they are stored, compressed. */
  InputStream open(ArchivedFile file) throws IOException;
}
