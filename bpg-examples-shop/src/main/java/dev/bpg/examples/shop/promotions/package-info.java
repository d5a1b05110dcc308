/** Coupons. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.promotions;
