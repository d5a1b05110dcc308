/**
 * Assertions on branches for AssertJ: {@link dev.bpg.assertj.BranchAssertions#assertThat}. Needs
 * {@code assertj-core} on the test's class path, which the test brings.
 *
 * <p>This package may import the API of bpg, AssertJ and JDBC, and nothing else.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.assertj;
