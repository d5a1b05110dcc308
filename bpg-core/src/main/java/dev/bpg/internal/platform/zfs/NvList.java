package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.bpg.error.NativeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One native list of named values, freed when closed. Not safe for use by several threads.
 *
 * <p>Adding copies deeply, so nothing added need live as long as the list; what is read is copied
 * to Java.
 */
final class NvList implements AutoCloseable {

  private final Pointer list;

  private NvList(Pointer list) {
    this.list = list;
  }

  static NvList empty() throws NativeException {
    try (Memory out = new Memory(Native.POINTER_SIZE)) {
      out.clear();
      check("nvlist_alloc", NvpairCalls.nvlist_alloc(out, NvpairCalls.NV_UNIQUE_NAME, 0));
      return new NvList(out.getPointer(0));
    }
  }

  /** A list with these names and no values, such as the snapshots to make. */
  static NvList ofNames(Iterable<String> names) throws NativeException {
    NvList made = empty();
    try {
      for (String name : names) {
        check("nvlist_add_boolean", NvpairCalls.nvlist_add_boolean(made.list, name));
      }
      return made;
    } catch (NativeException | RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /** A list of properties in the types that the kernel wants. */
  static NvList of(Map<String, PropertyValue> values) throws NativeException {
    NvList made = empty();
    try {
      for (Map.Entry<String, PropertyValue> value : values.entrySet()) {
        made.put(value.getKey(), value.getValue());
      }
      return made;
    } catch (NativeException | RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /** What a call left in {@code out}; an empty list if it left nothing. */
  static NvList taken(Pointer out) throws NativeException {
    Pointer list = out.getPointer(0);
    return list == null ? empty() : new NvList(list);
  }

  /** Reads a list in the form that ioctls give it. */
  static NvList unpack(Pointer packed, long size) throws NativeException {
    try (Memory out = new Memory(Native.POINTER_SIZE)) {
      out.clear();
      check("nvlist_unpack", NvpairCalls.nvlist_unpack(packed, size, out, 0));
      return new NvList(out.getPointer(0));
    }
  }

  Pointer pointer() {
    return list;
  }

  NvList put(String name, PropertyValue value) throws NativeException {
    if (value instanceof PropertyValue.Count number) {
      check("nvlist_add_uint64", NvpairCalls.nvlist_add_uint64(list, name, number.value()));
    } else if (value instanceof PropertyValue.Text text) {
      check("nvlist_add_string", NvpairCalls.nvlist_add_string(list, name, text.value()));
    } else {
      throw new IllegalArgumentException("a list of names cannot be set: " + name);
    }
    return this;
  }

  NvList put(String name, String value) throws NativeException {
    check("nvlist_add_string", NvpairCalls.nvlist_add_string(list, name, value));
    return this;
  }

  NvList put(String name, NvList value) throws NativeException {
    check("nvlist_add_nvlist", NvpairCalls.nvlist_add_nvlist(list, name, value.list));
    return this;
  }

  /** The list in the form that ioctls take it. The caller closes it. */
  Memory pack() throws NativeException {
    try (Memory size = new Memory(Long.BYTES);
        Memory out = new Memory(Native.POINTER_SIZE)) {
      int encoding = NvpairCalls.NV_ENCODE_NATIVE;
      check("nvlist_size", NvpairCalls.nvlist_size(list, size, encoding));
      Memory packed = new Memory(size.getLong(0));
      out.setPointer(0, packed);
      int code = NvpairCalls.nvlist_pack(list, out, size, encoding, 0);
      if (code != 0) {
        packed.close();
      }
      check("nvlist_pack", code);
      return packed;
    }
  }

  /**
   * Everything in it: {@link Long}, {@link String}, {@link Boolean} and maps of these. A value
   * without content, which is a name alone, is {@code true}; values of other types are left out.
   */
  Map<String, Object> read() throws NativeException {
    return NvReader.read(list);
  }

  /** The same of these names only, which is much faster. */
  Map<String, Object> read(Collection<String> names) throws NativeException {
    return NvReader.read(list, names);
  }

  List<String> names() throws NativeException {
    return new ArrayList<>(read().keySet());
  }

  static void check(String call, int code) throws NativeException {
    if (code != 0) {
      throw ZfsCodes.failed(call, code);
    }
  }

  @Override
  public void close() {
    NvpairCalls.nvlist_free(list);
  }
}
