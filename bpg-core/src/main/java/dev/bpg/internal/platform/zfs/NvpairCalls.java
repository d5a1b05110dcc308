package dev.bpg.internal.platform.zfs;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Functions of {@code libnvpair.so.3}: lists of named, typed values; see {@code sys/nvpair.h} of
 * OpenZFS and nvlist_alloc(3), nvlist_add_boolean(3), nvlist_next_nvpair(3) and
 * nvpair_value_byte(3) of illumos. Each {@code int} returned is an error number unless said
 * otherwise.
 *
 * <p>The {@code fnvlist_…} functions are left out on purpose: they abort the process on an error.
 */
final class NvpairCalls {

  static final String LIBRARY = "libnvpair.so.3";

  static final int NV_UNIQUE_NAME = 1;
  static final int NV_ENCODE_NATIVE = 0;

  static final int DATA_TYPE_BOOLEAN = 1;
  static final int DATA_TYPE_INT32 = 5;
  static final int DATA_TYPE_INT64 = 7;
  static final int DATA_TYPE_UINT64 = 8;
  static final int DATA_TYPE_STRING = 9;
  static final int DATA_TYPE_NVLIST = 19;
  static final int DATA_TYPE_BOOLEAN_VALUE = 21;

  static {
    Native.register(NvpairCalls.class, NativeLibraries.load(LIBRARY));
  }

  private NvpairCalls() {}

  static native int nvlist_alloc(Pointer list, int flags, int kmFlag);

  static native void nvlist_free(Pointer list);

  static native int nvlist_add_boolean(Pointer list, String name);

  static native int nvlist_add_uint64(Pointer list, String name, long value);

  static native int nvlist_add_string(Pointer list, String name, String value);

  static native int nvlist_add_nvlist(Pointer list, String name, Pointer value);

  /** {@code EINVAL} if there is no such pair: the one lookup that does not say {@code ENOENT}. */
  static native int nvlist_lookup_nvpair(Pointer list, String name, Pointer pair);

  /** The pair after another one, or the first after null; null at the end. */
  static native Pointer nvlist_next_nvpair(Pointer list, Pointer pair);

  static native String nvpair_name(Pointer pair);

  /** One of {@code DATA_TYPE_…}. */
  static native int nvpair_type(Pointer pair);

  static native int nvpair_value_int32(Pointer pair, Pointer value);

  static native int nvpair_value_int64(Pointer pair, Pointer value);

  static native int nvpair_value_uint64(Pointer pair, Pointer value);

  static native int nvpair_value_boolean_value(Pointer pair, Pointer value);

  static native int nvpair_value_string(Pointer pair, Pointer value);

  static native int nvpair_value_nvlist(Pointer pair, Pointer value);

  static native int nvlist_size(Pointer list, Pointer size, int encoding);

  static native int nvlist_pack(
      Pointer list, Pointer buffer, Pointer size, int encoding, int kmFlag);

  static native int nvlist_unpack(Pointer buffer, long size, Pointer list, int kmFlag);
}
