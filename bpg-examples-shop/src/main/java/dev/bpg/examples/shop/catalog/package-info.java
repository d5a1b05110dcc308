/** What is sold: products, their tree of categories, prices and taxes. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.catalog;
