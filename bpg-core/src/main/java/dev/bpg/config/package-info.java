/**
 * How bpg is configured: immutable values, built in code or read from a YAML file, {@code BPG_*}
 * variables and {@code bpg.*} system properties. Reading YAML with Jackson is package-private. This
 * package may import {@code dev.bpg.model}, {@code dev.bpg.error} and {@code dev.bpg.secret} and
 * nothing else of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.config;
