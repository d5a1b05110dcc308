package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies between a pipe and a stream of Java, counting. */
interface Pump {

  /** As much as a pipe holds unless made larger. */
  int CHUNK = 64 * 1024;

  /** Copies until the end of what is read, or an error. */
  void run() throws IOException;

  static Pump out(PipeEnd from, OutputStream to, StreamProgress progress) {
    return () -> {
      try (Memory buffer = new Memory(CHUNK)) {
        byte[] bytes = new byte[CHUNK];
        long total = 0;
        int count;
        while ((count = from.read(buffer)) > 0) {
          buffer.read(0, bytes, 0, count);
          to.write(bytes, 0, count);
          total += count;
          progress.transferred(total);
        }
        to.flush();
      }
    };
  }

  static Pump in(InputStream from, PipeEnd to, StreamProgress progress) {
    return () -> {
      try (Memory buffer = new Memory(CHUNK)) {
        byte[] bytes = new byte[CHUNK];
        long total = 0;
        int count;
        while ((count = from.read(bytes)) >= 0) {
          buffer.write(0, bytes, 0, count);
          to.write(buffer, count);
          total += count;
          progress.transferred(total);
        }
      }
    };
  }
}
