/**
 * Branches of a Postgres database as containers of Testcontainers. Begin with {@link
 * dev.bpg.testcontainers.BranchedPostgreSQLContainer}, or with a URL such as {@code
 * jdbc:tc:bpg:17:///api/main}, for which {@link
 * dev.bpg.testcontainers.BranchedPostgreSQLContainerProvider} stands.
 *
 * <p>Runs on Testcontainers 1.21 and 2.0. This package imports the public API of bpg, that of
 * Testcontainers and what it shows of docker-java, and the driver of Postgres.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.testcontainers;
