/**
 * Branches of a Postgres database for JUnit tests. Begin with {@link
 * dev.bpg.junit5.BranchedDatabase}, or with {@link dev.bpg.junit5.BranchExtension} where a builder
 * is wanted.
 *
 * <p>Runs on JUnit 5.12 and later and on JUnit 6. Configuration parameters, from {@code
 * junit-platform.properties} or system properties:
 *
 * <table>
 * <caption>Configuration parameters</caption>
 * <tr><th>name</th><th>what</th><th>default</th></tr>
 * <tr><td>{@code bpg.junit.keep}</td><td>which branches to keep: {@code never}, {@code on-failure}
 * or {@code always}</td><td>{@code never}</td></tr>
 * <tr><td>{@code bpg.junit.maxBranches}</td><td>how many branches may live at once in one
 * run</td><td>4 for each processor, at least 8</td></tr>
 * <tr><td>{@code bpg.junit.maxBranches.timeout}</td><td>how long a class waits for its turn, such as
 * {@code 90s}</td><td>{@code 2m}</td></tr>
 * <tr><td>{@code bpg.junit.skipUnavailable}</td><td>{@code true} aborts the tests of a class, instead
 * of failing them, where this machine lacks what bpg needs; the variable {@code BPG_REQUIRE=true}
 * beats it</td><td>{@code false}</td></tr>
 * </table>
 *
 * <p>This package imports the public API of bpg and JUnit's API, nothing internal of either.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.junit5;
