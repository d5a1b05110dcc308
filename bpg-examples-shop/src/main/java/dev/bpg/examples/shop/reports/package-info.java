/** What the owners look at. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.reports;
