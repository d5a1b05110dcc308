package dev.bpg.internal.server.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A server's log.
 *
 * @param path the file; it need not exist
 */
record LogFile(Path path) {

  private static final long ROTATED_OVER = 10L << 20;
  private static final int LONGEST_TAIL = 64 << 10;

  /** The size in bytes; 0 if there is none. */
  long size() throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Moves the file aside, over the one moved before, if it is over 10 MiB. */
  void rotate() throws IOException {
    if (size() > ROTATED_OVER) {
      Path old = path.resolveSibling(path.getFileName() + ".1");
      Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The last lines of what was written after a position, the oldest first. */
  List<String> lastLines(long from, int count) throws IOException {
    String text = tail(from);
    List<String> lines = text.lines().toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /** At most the last 64 KiB of what was written after a position. */
  String tail(long from) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      long start = Math.max(from, file.size() - LONGEST_TAIL);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, file.size() - start));
      while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {
        // One read need not give all.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
