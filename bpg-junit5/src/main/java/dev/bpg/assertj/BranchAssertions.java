package dev.bpg.assertj;

import dev.bpg.Branch;
import org.jspecify.annotations.Nullable;

/**
 * The way in to assertions on branches. Its static import goes with that of AssertJ's own {@code
 * Assertions.assertThat}.
 */
public final class BranchAssertions {

  private BranchAssertions() {}

  /** Begins assertions on a branch, in its database {@code postgres}. */
  public static BranchAssert assertThat(@Nullable Branch branch) {
    return new BranchAssert(branch);
  }
}
