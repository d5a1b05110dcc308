/** What customers send back. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.returns;
