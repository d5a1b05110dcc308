package dev.bpg.examples.shop.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefundsTest extends ShopTest {

  private Order order;
  private long payment;

  @BeforeEach
  void pay() {
    order = given.order(given.product("6.10"), 1);
    payment =
        shop.payments().authorise(order.id(), "card", order.total(), given.unique("reference"));
    shop.payments().capture(payment);
  }

  private void refund(String amount) {
    shop.payments().refund(payment, new BigDecimal(amount), "late");
  }

  @Test
  void lowerWhatWasPaid() {
    refund("2.50");
    assertThat(shop.payments().paid(order.id())).isEqualTo("7.50");
  }

  @Test
  void addUp() {
    refund("2.50");
    refund("2.50");
    assertThat(shop.payments().paid(order.id())).isEqualTo("5.00");
  }

  @Test
  void mayBeOfEverything() {
    refund("10.00");
    assertThat(shop.payments().paid(order.id())).isEqualByComparingTo("0");
  }

  @Test
  void areNotMoreThanWasPaid() {
    assertThatThrownBy(() -> refund("10.01"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("payment " + payment + " does not cover 10.01");
    assertThat(shop.payments().paid(order.id())).isEqualTo("10.00");
  }

  @Test
  void areNotMoreThanIsLeft() {
    refund("6.00");
    assertThatThrownBy(() -> refund("4.01")).isInstanceOf(RefusedException.class);
    assertThat(shop.payments().paid(order.id())).isEqualTo("4.00");
  }

  @Test
  void areNotNothingOrLess() {
    assertThatThrownBy(() -> refund("0")).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> refund("-1")).isInstanceOf(RefusedException.class);
    assertThat(shop.payments().paid(order.id())).isEqualTo("10.00");
  }

  @Test
  void areNotOfWhatWasOnlyAuthorised() {
    Order other = given.order(given.product("6.10"), 1);
    long authorised =
        shop.payments().authorise(other.id(), "card", other.total(), given.unique("reference"));
    assertThatThrownBy(() -> shop.payments().refund(authorised, BigDecimal.ONE, "late"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void areNotOfAPaymentThatDoesNotExist() {
    assertThatThrownBy(() -> shop.payments().refund(-1, BigDecimal.ONE, "late"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void leaveTheOrderAsItIs() {
    refund("10.00");
    assertThat(shop.orders().get(order.id()).status()).isEqualTo("paid");
    assertThat(shop.orders().history(order.id())).containsExactly("placed", "paid");
  }
}
