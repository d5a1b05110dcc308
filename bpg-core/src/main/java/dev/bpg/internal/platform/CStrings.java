package dev.bpg.internal.platform;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * C strings in native memory that live as long as this object. They are encoded as Java encodes
 * file names, which is not always the default charset.
 */
final class CStrings {

  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));

  private final List<Memory> kept = new ArrayList<>();

  /** One string. */
  Pointer of(String text) {
    byte[] bytes = text.getBytes(FILE_NAMES);
    Memory memory = allocate(bytes.length + 1L);
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }

  /** An array of strings that ends with a null pointer, such as {@code argv}. */
  Pointer array(List<String> texts) {
    Memory memory = allocate((texts.size() + 1L) * Long.BYTES);
    for (int i = 0; i < texts.size(); i++) {
      memory.setPointer((long) i * Long.BYTES, of(texts.get(i)));
    }
    return memory;
  }

  /** Zeroed memory. */
  Memory allocate(long size) {
    Memory memory = new Memory(size);
    memory.clear();
    kept.add(memory);
    return memory;
  }
}
