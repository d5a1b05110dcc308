package dev.bpg.examples.shop.orders;

import java.math.BigDecimal;

/**
 * What was bought.
 *
 * @param id its number
 * @param customer who bought it
 * @param status {@code placed}, {@code paid}, {@code shipped}, {@code delivered} or {@code
 *     cancelled}
 * @param country where it goes
 * @param shipping what sending it costs
 * @param discount what is taken off the goods
 * @param total what is to be paid
 */
public record Order(
    long id,
    long customer,
    String status,
    String country,
    BigDecimal shipping,
    BigDecimal discount,
    BigDecimal total) {}
