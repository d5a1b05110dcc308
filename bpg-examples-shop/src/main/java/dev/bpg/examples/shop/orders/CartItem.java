package dev.bpg.examples.shop.orders;

import java.math.BigDecimal;

/**
 * Some of one product in a cart.
 *
 * @param product its number
 * @param quantity how many
 * @param unitPrice what one costs now
 */
public record CartItem(long product, int quantity, BigDecimal unitPrice) {

  /** What all of them cost. */
  public BigDecimal amount() {
    return unitPrice.multiply(BigDecimal.valueOf(quantity));
  }
}
