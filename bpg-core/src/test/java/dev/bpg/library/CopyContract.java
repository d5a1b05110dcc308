package dev.bpg.library;

import dev.bpg.testing.TestStorage;

/** A test of what is the same on every storage: it runs on the one that is always there. */
abstract class CopyContract extends LibraryContract {

  @Override
  protected final TestStorage storage() {
    return TestStorage.COPY;
  }
}
