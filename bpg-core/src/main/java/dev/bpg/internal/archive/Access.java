package dev.bpg.internal.archive;

import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.FileFailures;
import dev.bpg.internal.wal.WalFormatException;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Something done with an archive that the system may refuse. */
interface Access<T> {

  T run() throws IOException;

  /** Runs it, and says of a failure what was being done to which archive. */
  static <T> T translate(ArchiveFiles archive, String operation, Access<T> access) {
    String subject = "the WAL archive " + archive.location();
    try {
      return access.run();
    } catch (InterruptedIOException e) {
      throw new CancelledException(
          operation, subject, String.valueOf(e.getMessage()), "try it again", e);
    } catch (IOException e) {
      throw new UnavailableException(operation, subject, FileFailures.reason(e), hint(e), e);
    }
  }

  private static String hint(IOException e) {
    return e instanceof WalFormatException || e.getCause() instanceof WalFormatException
        ? "restore the file from a copy, or recover to a point before it"
        : "make sure that the folder is there and this process may read and write it";
  }
}
