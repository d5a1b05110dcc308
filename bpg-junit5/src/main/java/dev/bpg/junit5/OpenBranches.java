package dev.bpg.junit5;

import dev.bpg.error.UnavailableException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.opentest4j.TestAbortedException;

/**
 * The open branches in JUnit's stores.
 *
 * @param namespace where they are
 */
record OpenBranches(Namespace namespace) {

  /** The branch of a declaration, opened if it is not yet. */
  @SuppressWarnings("deprecation") // Its successor is of JUnit 6 only.
  TestBranch open(Declaration declaration, ExtensionContext context) {
    ExtensionContext home = declaration.home(context);
    // First, so that it closes last: a store closes what came last first.
    LeakReport.of(home);
    try {
      return store(declaration, home)
          .getOrComputeIfAbsent(
              declaration.key(), key -> Opening.of(declaration, home), Opening.class)
          .branch();
    } catch (UnavailableException e) {
      if (new RunParameters(context).skipUnavailable()) {
        throw new TestAbortedException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** The branch of a declaration if it is open. */
  Optional<TestBranch> opened(Declaration declaration, ExtensionContext context) {
    return declaration.belongsTo(context)
        ? Optional.ofNullable(
                store(declaration, declaration.home(context)).get(declaration.key(), Opening.class))
            .flatMap(opening -> Optional.ofNullable(opening.opened()))
        : Optional.empty();
  }

  /**
   * A branch, or why there is none. A store throws what a computation threw at everybody who asks,
   * and JUnit prints what a test watcher throws.
   */
  // As in TestBranch.
  @SuppressWarnings("deprecation")
  private record Opening(@Nullable TestBranch opened, @Nullable RuntimeException failure)
      implements Store.CloseableResource, AutoCloseable {

    static Opening of(Declaration declaration, ExtensionContext home) {
      try {
        return new Opening(TestBranch.open(declaration, home), null);
      } catch (RuntimeException e) {
        return new Opening(null, e);
      }
    }

    TestBranch branch() {
      if (opened == null) {
        throw Objects.requireNonNull(failure);
      }
      return opened;
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }
  }

  private Store store(Declaration declaration, ExtensionContext home) {
    return declaration.scope() == BranchScope.SESSION
        ? SessionStore.of(home, namespace)
        : home.getStore(namespace);
  }
}
