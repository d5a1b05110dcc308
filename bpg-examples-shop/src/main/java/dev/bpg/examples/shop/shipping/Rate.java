package dev.bpg.examples.shop.shipping;

import java.math.BigDecimal;

/**
 * What sending a parcel costs.
 *
 * @param carrier who brings it
 * @param upToGrams how heavy it may be
 * @param price what it costs
 */
public record Rate(String carrier, int upToGrams, BigDecimal price) {}
