package dev.bpg.library;

import dev.bpg.testing.TestStorage;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that takes long and runs on one storage of each kind: one that copies file by file, one
 * that is atomic.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.bpg.testing.TestStorage#selectedOfEachKind")
abstract class BothKindsContract extends LibraryContract {

  @Parameter TestStorage storage;

  @Override
  protected final TestStorage storage() {
    return storage;
  }
}
