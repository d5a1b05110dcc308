package dev.bpg.internal.platform.zfs;

import static dev.bpg.internal.platform.zfs.NvList.check;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies native lists to Java. */
final class NvReader {

  private NvReader() {}

  private enum Unknown {
    TYPE
  }

  static Map<String, Object> read(Pointer list) throws NativeException {
    try (Memory out = new Memory(Long.BYTES)) {
      return read(list, out);
    }
  }

  /** Only what has one of these names: each value is several calls, and a list may be long. */
  static Map<String, Object> read(Pointer list, Collection<String> names) throws NativeException {
    Map<String, Object> read = new LinkedHashMap<>();
    try (Memory out = new Memory(Long.BYTES)) {
      for (String name : names) {
        int code = NvpairCalls.nvlist_lookup_nvpair(list, name, out);
        if (code == Errno.EINVAL) {
          continue;
        }
        check("nvlist_lookup_nvpair", code);
        Object value = value(out.getPointer(0), out);
        if (value != Unknown.TYPE) {
          read.put(name, value);
        }
      }
    }
    return read;
  }

  private static Map<String, Object> read(Pointer list, Memory out) throws NativeException {
    Map<String, Object> read = new LinkedHashMap<>();
    Pointer pair = NvpairCalls.nvlist_next_nvpair(list, null);
    while (pair != null) {
      Object value = value(pair, out);
      if (value != Unknown.TYPE) {
        read.put(NvpairCalls.nvpair_name(pair), value);
      }
      pair = NvpairCalls.nvlist_next_nvpair(list, pair);
    }
    return read;
  }

  private static Object value(Pointer pair, Memory out) throws NativeException {
    out.clear();
    switch (NvpairCalls.nvpair_type(pair)) {
      case NvpairCalls.DATA_TYPE_BOOLEAN:
        return true;
      case NvpairCalls.DATA_TYPE_BOOLEAN_VALUE:
        check("nvpair_value_boolean_value", NvpairCalls.nvpair_value_boolean_value(pair, out));
        return out.getInt(0) != 0;
      case NvpairCalls.DATA_TYPE_INT32:
        check("nvpair_value_int32", NvpairCalls.nvpair_value_int32(pair, out));
        return (long) out.getInt(0);
      case NvpairCalls.DATA_TYPE_INT64:
        check("nvpair_value_int64", NvpairCalls.nvpair_value_int64(pair, out));
        return out.getLong(0);
      case NvpairCalls.DATA_TYPE_UINT64:
        check("nvpair_value_uint64", NvpairCalls.nvpair_value_uint64(pair, out));
        return out.getLong(0);
      case NvpairCalls.DATA_TYPE_STRING:
        check("nvpair_value_string", NvpairCalls.nvpair_value_string(pair, out));
        return out.getPointer(0).getString(0, "UTF-8");
      case NvpairCalls.DATA_TYPE_NVLIST:
        check("nvpair_value_nvlist", NvpairCalls.nvpair_value_nvlist(pair, out));
        return read(out.getPointer(0), out);
      default:
        return Unknown.TYPE;
    }
  }
}
