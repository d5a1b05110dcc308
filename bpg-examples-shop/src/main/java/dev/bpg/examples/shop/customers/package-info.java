/** Those who buy: who they are, where they live, what points they have. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.customers;
