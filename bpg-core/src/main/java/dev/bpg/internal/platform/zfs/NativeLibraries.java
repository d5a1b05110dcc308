package dev.bpg.internal.platform.zfs;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/** Loads the shared libraries of OpenZFS by their full names. */
final class NativeLibraries {

  // dlopen(3). With RTLD_NOW a library that does not fit another one cannot be loaded; with
  // RTLD_LAZY the first call of a missing function would end the process.
  private static final int RTLD_NOW = 2;

  private NativeLibraries() {}

  /**
   * Loads a library.
   *
   * @throws UnsatisfiedLinkError if it is missing or does not fit the others
   */
  static NativeLibrary load(String name) {
    return NativeLibrary.getInstance(
        name, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8", Library.OPTION_OPEN_FLAGS, RTLD_NOW));
  }
}
