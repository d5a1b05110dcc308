/** What the library promises, over its public interface alone, on every storage. */
@org.jspecify.annotations.NullMarked
package dev.bpg.library;
