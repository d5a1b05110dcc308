/** Rates of carriers, and parcels. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.shipping;
