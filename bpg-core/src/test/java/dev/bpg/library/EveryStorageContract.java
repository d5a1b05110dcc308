package dev.bpg.library;

import dev.bpg.testing.TestStorage;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that runs on every storage. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.bpg.testing.TestStorage#selected")
abstract class EveryStorageContract extends LibraryContract {

  @Parameter TestStorage storage;

  @Override
  protected final TestStorage storage() {
    return storage;
  }
}
