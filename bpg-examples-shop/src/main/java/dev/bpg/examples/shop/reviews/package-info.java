/** What customers say of products, and wish for. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.reviews;
