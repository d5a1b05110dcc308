package dev.bpg.examples.shop.orders;

import java.math.BigDecimal;

/**
 * Some of one product in an order.
 *
 * @param line its position, from 1
 * @param product its number
 * @param warehouse where it is taken from
 * @param quantity how many
 * @param unitPrice what one cost when it was bought
 * @param taxPercent the rate of tax in the price
 */
public record OrderLine(
    int line,
    long product,
    String warehouse,
    int quantity,
    BigDecimal unitPrice,
    BigDecimal taxPercent) {}
