package dev.bpg.examples.shop.customers;

/**
 * Where parcels go.
 *
 * @param id its number
 * @param street with the number of the house
 * @param postcode as the country writes it
 * @param city the town
 * @param country two letters
 * @param isDefault whether orders go there unless told otherwise
 */
public record Address(
    long id, String street, String postcode, String city, String country, boolean isDefault) {}
