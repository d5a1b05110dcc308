/** What is in the warehouses, what is promised, what is bought of suppliers. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.inventory;
