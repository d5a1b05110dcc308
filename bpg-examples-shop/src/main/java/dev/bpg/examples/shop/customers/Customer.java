package dev.bpg.examples.shop.customers;

/**
 * Somebody who buys.
 *
 * @param id their number
 * @param email unique whatever its case
 * @param name as it is written on parcels
 * @param blocked whether they may place orders no more
 */
public record Customer(long id, String email, String name, boolean blocked) {}
