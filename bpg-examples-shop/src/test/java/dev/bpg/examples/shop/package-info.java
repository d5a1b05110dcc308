/**
 * One suite of tests that runs on databases of four kinds; see {@link
 * dev.bpg.examples.shop.database.TestDatabase}.
 *
 * <p>They isolate differently: a database may be a test's own, a class's, or everybody's; it may
 * have the sample data or not, and what other tests committed. So the tests hold in any: what they
 * look at is what they made themselves, by unique names, and they count relatively. Only the
 * reference data (countries, rates of tax, warehouses, carriers and their rates) may be relied on,
 * and is not changed. What a test can do with a database of its own is in {@link
 * dev.bpg.examples.shop.OwnDatabaseTest}, which runs on branches only and is no part of the
 * comparison.
 */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop;
