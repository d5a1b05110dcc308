package dev.bpg.examples.shop.promotions;

import static dev.bpg.examples.shop.Given.daysAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import dev.bpg.examples.shop.promotions.Coupons.Terms;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedemptionsTest extends ShopTest {

  private String code;
  private Product lamp;

  @BeforeEach
  void offer() {
    code = given.unique("CODE").toUpperCase(Locale.ROOT);
    lamp = given.product("10.00");
    shop.coupons()
        .addPercent(
            code,
            new BigDecimal("25"),
            new Terms(new BigDecimal("20"), daysAgo(1), daysAgo(-1), 2));
  }

  private Order buy(int quantity) {
    Customer customer = given.customer();
    shop.carts().add(customer.id(), lamp.id(), quantity);
    return shop.checkout().place(customer.id(), code);
  }

  @Test
  void lowerWhatAnOrderCosts() {
    Order order = buy(2);
    assertThat(order.discount()).isEqualTo("5.00");
    assertThat(order.total()).isEqualTo("18.90");
  }

  @Test
  void areCounted() {
    assertThat(shop.coupons().uses(code)).isZero();
    buy(2);
    assertThat(shop.coupons().uses(code)).isEqualTo(1);
  }

  @Test
  void areAsManyAsTheCouponAllows() {
    buy(2);
    buy(2);
    assertThatThrownBy(() -> buy(2))
        .isInstanceOf(RefusedException.class)
        .hasMessage("coupon " + code + " is used up");
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isEqualTo(4);
  }

  @Test
  void areGivenBackWithTheOrder() {
    buy(2);
    shop.orders().cancel(buy(2).id());
    assertThat(shop.coupons().uses(code)).isEqualTo(1);
    assertThat(buy(3).discount()).isEqualTo("7.50");
  }

  @Test
  void areRefusedWithTheWholeOrder() {
    assertThatThrownBy(() -> buy(1))
        .isInstanceOf(RefusedException.class)
        .hasMessage("coupon " + code + " counts from 20.00");
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isZero();
    assertThat(shop.coupons().uses(code)).isZero();
  }

  @Test
  void leaveShippingToBePaid() {
    String all = given.unique("ALL").toUpperCase(Locale.ROOT);
    shop.coupons()
        .addAmount(
            all, new BigDecimal("500"), new Terms(BigDecimal.ZERO, daysAgo(1), daysAgo(-1), 1));
    Customer customer = given.customer();
    shop.carts().add(customer.id(), lamp.id(), 1);
    Order order = shop.checkout().place(customer.id(), all);
    assertThat(order.total()).isEqualTo("3.90");
  }

  @Test
  void arePaidWithTheDiscount() {
    Order order = given.pay(buy(2));
    assertThat(order.status()).isEqualTo("paid");
    assertThat(shop.payments().paid(order.id())).isEqualTo("18.90");
  }
}
