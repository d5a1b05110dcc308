/** Money in and out. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.payments;
