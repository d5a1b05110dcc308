/** From the cart to the order, and what becomes of it. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.orders;
