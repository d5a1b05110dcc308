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
 * <tr><td>{@code bpg.junit.scope}</td><td>which tests share a branch: {@code class}, {@code method}
 * or {@code session}; see {@link dev.bpg.junit5.BranchScope}</td><td>{@code class}</td></tr>
 * <tr><td>{@code bpg.junit.maxBranches}</td><td>how many branches may live at once in a home, those
 * that wait included, counted over all processes</td><td>16 for each processor, at least
 * 32</td></tr>
 * <tr><td>{@code bpg.junit.maxBranches.timeout}</td><td>how long a test waits for its turn, such as
 * {@code 90s}</td><td>{@code 2m}</td></tr>
 * <tr><td>{@code bpg.junit.preparation.timeout}</td><td>how long scripts, migrations and code may
 * take to make a template</td><td>{@code 10m}</td></tr>
 * <tr><td>{@code bpg.junit.ahead}</td><td>how many branches of one source may wait, started, in one
 * process; {@code 0} starts none ahead</td><td>4 for each processor</td></tr>
 * <tr><td>{@code bpg.junit.ahead.idle}</td><td>after how long without a test that wants them they
 * are deleted</td><td>{@code 10s}</td></tr>
 * <tr><td>{@code bpg.junit.ahead.reserve}</td><td>the memory, in MiB, that has to stay free when one
 * is started ahead</td><td>{@code 512}</td></tr>
 * <tr><td>{@code bpg.junit.reuse}</td><td>whether a branch to which nothing was written is handed
 * out again; see {@link dev.bpg.BranchPool}</td><td>{@code true}</td></tr>
 * <tr><td>{@code bpg.junit.reportChanges}</td><td>whether to tell what the tests of a branch have
 * changed on it when one of them fails, on standard error and in JUnit's
 * report</td><td>{@code true}</td></tr>
 * <tr><td>{@code bpg.junit.skipUnavailable}</td><td>{@code true} aborts the tests of a class, instead
 * of failing them, where this machine lacks what bpg needs; the variable {@code BPG_REQUIRE=true}
 * beats it</td><td>{@code false}</td></tr>
 * </table>
 *
 * <p>At the end of a run, connections that outlived their tests are reported on standard error.
 *
 * <p>This package imports the public API of bpg and JUnit's API, nothing internal of either.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.junit5;
