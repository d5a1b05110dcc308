/** Statements and transactions: JDBC is spoken here only. */
@org.jspecify.annotations.NullMarked
package dev.bpg.examples.shop.sql;
