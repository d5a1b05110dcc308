/** What the shop tells a caller who asked for what cannot be. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.error;
