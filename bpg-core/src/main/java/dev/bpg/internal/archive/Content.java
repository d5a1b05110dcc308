package dev.bpg.internal.archive;

import dev.bpg.model.WalCompression;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.zip.GZIPInputStream;

/** The content of archived files, unpacked. */
final class Content {

  private static final int BUFFER = 64 * 1024;

  private Content() {}

  /**
   * Opens a file; whatever is wrong with its compressed form is an {@link IOException}.
   *
   * @throws InterruptedIOException if the thread is interrupted; reading itself takes no notice
   */
  static InputStream open(ArchiveFiles store, ArchivedFile file) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the thread was interrupted");
    }
    InputStream stored = store.open(file);
    try {
      return unpack(stored, file.compression());
    } catch (IOException e) {
      try (stored) {
        throw e;
      }
    }
  }

  private static InputStream unpack(InputStream stored, WalCompression compression)
      throws IOException {
    return switch (compression) {
      case NONE -> stored;
      case GZIP -> new GZIPInputStream(stored, BUFFER);
      case ZSTD -> new Checked(new ZstdInputStream(stored));
    };
  }

  /** Tells of damage as other streams do. */
  private static final class Checked extends FilterInputStream {

    Checked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (MalformedInputException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (MalformedInputException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
