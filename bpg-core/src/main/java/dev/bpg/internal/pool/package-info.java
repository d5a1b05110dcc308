/**
 * Branches that are started ahead of those who want them. What waits in a pool is a temporary
 * branch of the process that started it, and a token, a file, which whoever takes the branch
 * deletes: so it is handed out once, to whichever process asks. This package may import {@code
 * dev.bpg.model}, {@code dev.bpg.error} and the packages below {@code dev.bpg.internal} that it
 * works with: {@code engine}, {@code catalog}, {@code lease}, {@code plan}, {@code postgres},
 * {@code platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.internal.pool;
