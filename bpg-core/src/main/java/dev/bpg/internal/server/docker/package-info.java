/**
 * Servers as containers, through the API of a Docker daemon: a container per branch on a bind of
 * its data folder, run by the image's own {@code postgres}. Nothing is kept in memory that another
 * process could not ask the daemon for or find below the home folder. The types of docker-java stay
 * in this package. It may import {@code dev.bpg.internal.server}, {@code dev.bpg.server}, {@code
 * dev.bpg.model}, {@code dev.bpg.error} and {@code dev.bpg.internal.platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.server.docker;
