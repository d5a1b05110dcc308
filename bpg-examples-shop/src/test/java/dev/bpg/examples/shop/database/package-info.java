/**
 * The four ways to give the suite's tests a database, to be read side by side: an extension each,
 * picked by {@link dev.bpg.examples.shop.database.TestDatabase}.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.database;
