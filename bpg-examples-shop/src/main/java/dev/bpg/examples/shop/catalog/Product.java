package dev.bpg.examples.shop.catalog;

/**
 * What is sold.
 *
 * @param id its number
 * @param sku the number that is printed on it
 * @param name what it is called
 * @param taxKind {@code standard} or {@code reduced}
 * @param weightGrams with its wrapping
 * @param active whether it can be bought
 */
public record Product(
    long id, String sku, String name, String taxKind, int weightGrams, boolean active) {}
