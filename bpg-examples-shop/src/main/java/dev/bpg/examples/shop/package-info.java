/**
 * The application of an online shop, as plain Java and JDBC: a package for each domain, and {@link
 * dev.bpg.examples.shop.Shop} with all of them. It knows nothing of bpg.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop;
