package dev.bpg.examples.shop.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurchasingTest extends ShopTest {

  private long order;
  private long lamp;

  @BeforeEach
  void begin() {
    order = shop.purchasing().order(given.unique("Supplier "), "LYO");
    lamp = given.unpriced().id();
  }

  @Test
  void beginsWithNothing() {
    assertThat(shop.purchasing().total(order)).isEqualByComparingTo("0");
    assertThat(shop.purchasing().expected(lamp)).isZero();
  }

  @Test
  void addsUpWhatItCosts() {
    shop.purchasing().add(order, lamp, 10, new BigDecimal("2.50"));
    shop.purchasing().add(order, given.unpriced().id(), 1, new BigDecimal("0.99"));
    assertThat(shop.purchasing().total(order)).isEqualTo("25.99");
  }

  @Test
  void takesTheLastCostWhenAProductComesAgain() {
    shop.purchasing().add(order, lamp, 10, new BigDecimal("2.50"));
    shop.purchasing().add(order, lamp, 5, new BigDecimal("2.00"));
    assertThat(shop.purchasing().total(order)).isEqualTo("30.00");
    assertThat(shop.purchasing().expected(lamp)).isEqualTo(15);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1, -1"})
  void refusesNoQuantitiesAndNegativeCosts(int quantity, BigDecimal cost) {
    assertThatThrownBy(() -> shop.purchasing().add(order, lamp, quantity, cost))
        .isInstanceOf(RefusedException.class)
        .hasMessage("quantities are positive and costs not negative");
    assertThat(shop.purchasing().expected(lamp)).isZero();
  }

  @Test
  void putsWhatComesIntoItsWarehouse() {
    shop.purchasing().add(order, lamp, 10, BigDecimal.ONE);
    shop.purchasing().receive(order);
    assertThat(shop.inventory().quantity(lamp, "LYO")).isEqualTo(10);
    assertThat(shop.inventory().movements(lamp)).containsExactly("LYO +10 purchase " + order);
    assertThat(shop.purchasing().expected(lamp)).isZero();
  }

  @Test
  void receivesOnce() {
    shop.purchasing().add(order, lamp, 10, BigDecimal.ONE);
    shop.purchasing().receive(order);
    assertThatThrownBy(() -> shop.purchasing().receive(order))
        .isInstanceOf(RefusedException.class)
        .hasMessage("purchase " + order + " is received");
    assertThat(shop.inventory().quantity(lamp, "LYO")).isEqualTo(10);
  }

  @Test
  void expectsNothingOfWhatWasCancelled() {
    shop.purchasing().add(order, lamp, 10, BigDecimal.ONE);
    shop.purchasing().cancel(order);
    assertThat(shop.purchasing().expected(lamp)).isZero();
    assertThatThrownBy(() -> shop.purchasing().add(order, lamp, 1, BigDecimal.ONE))
        .isInstanceOf(RefusedException.class)
        .hasMessage("purchase " + order + " is cancelled");
  }

  @Test
  void expectsOfAllOpenOrders() {
    long other = shop.purchasing().order(given.unique("Supplier "), "BER");
    shop.purchasing().add(order, lamp, 10, BigDecimal.ONE);
    shop.purchasing().add(other, lamp, 7, BigDecimal.ONE);
    assertThat(shop.purchasing().expected(lamp)).isEqualTo(17);
  }

  @Test
  void ordersTwiceOfOneSupplier() {
    String supplier = given.unique("Supplier ");
    long first = shop.purchasing().order(supplier, "BER");
    assertThat(shop.purchasing().order(supplier, "BER")).isGreaterThan(first);
  }

  @Test
  void saysThatAPurchaseIsNotThere() {
    assertThatThrownBy(() -> shop.purchasing().receive(-1))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no purchase -1");
  }
}
