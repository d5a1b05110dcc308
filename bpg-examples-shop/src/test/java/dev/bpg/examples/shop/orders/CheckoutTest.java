package dev.bpg.examples.shop.orders;

import static dev.bpg.examples.shop.Given.daysAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckoutTest extends ShopTest {

  private Customer ada;
  private Product lamp;

  @BeforeEach
  void come() {
    ada = given.customer();
    lamp = given.product("4.50");
  }

  @Test
  void makesAnOrderOfTheCart() {
    shop.carts().add(ada.id(), lamp.id(), 2);
    Order order = shop.checkout().place(ada.id());
    assertThat(order.customer()).isEqualTo(ada.id());
    assertThat(order.status()).isEqualTo("placed");
    assertThat(shop.orders().lines(order.id()))
        .containsExactly(
            new OrderLine(1, lamp.id(), "BER", 2, new BigDecimal("4.50"), new BigDecimal("19.00")));
  }

  @Test
  void addsWhatSendingCosts() {
    Order order = given.order(ada, lamp, 2);
    assertThat(order.shipping()).isEqualTo("3.90");
    assertThat(order.total()).isEqualTo("12.90");
  }

  @Test
  void sendsByWeight() {
    Order order = given.order(ada, lamp, 5);
    assertThat(order.shipping()).isEqualTo("6.50");
  }

  @Test
  void sendsToTheDefaultAddress() {
    Order order = given.order(given.customerIn("FR"), lamp, 1);
    assertThat(order.country()).isEqualTo("FR");
    assertThat(order.shipping()).isEqualTo("7.90");
  }

  @Test
  void taxesByCountryAndProduct() {
    shop.catalog().taxAs(lamp.id(), "reduced");
    Order order = given.order(given.customerIn("FR"), lamp, 1);
    assertThat(shop.orders().lines(order.id()).get(0).taxPercent()).isEqualTo("5.50");
  }

  @Test
  void emptiesTheCart() {
    given.order(ada, lamp, 2);
    assertThat(shop.carts().items(ada.id())).isEmpty();
  }

  @Test
  void reservesWhatIsBought() {
    given.order(ada, lamp, 2);
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isEqualTo(2);
    assertThat(shop.inventory().available(lamp.id())).isEqualTo(18);
  }

  @Test
  void keepsThePriceOfTheDay() {
    Order order = given.order(ada, lamp, 2);
    shop.prices().set(lamp.id(), new BigDecimal("9.00"), Instant.now());
    assertThat(shop.orders().get(order.id()).total()).isEqualTo("12.90");
  }

  @Test
  void refusesAnEmptyCart() {
    assertThatThrownBy(() -> shop.checkout().place(ada.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("the cart of customer " + ada.id() + " is empty");
  }

  @Test
  void refusesACustomerWithoutAnAddress() {
    Customer stranger = given.stranger();
    shop.carts().add(stranger.id(), lamp.id(), 1);
    assertThatThrownBy(() -> shop.checkout().place(stranger.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("customer " + stranger.id() + " has no address");
    assertThat(shop.carts().items(stranger.id())).hasSize(1);
  }

  @Test
  void refusesABlockedCustomer() {
    shop.carts().add(ada.id(), lamp.id(), 1);
    shop.customers().block(ada.id(), true);
    assertThatThrownBy(() -> shop.checkout().place(ada.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("customer " + ada.id() + " is blocked");
  }

  @Test
  void doesNothingAtAllIfOneProductIsShort() {
    Product chair = given.product("20.00");
    shop.carts().add(ada.id(), lamp.id(), 1);
    shop.carts().add(ada.id(), chair.id(), 21);
    assertThatThrownBy(() -> shop.checkout().place(ada.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("not enough of " + chair.sku());
    assertThat(shop.orders().of(ada.id(), 0, 10)).isEmpty();
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isZero();
    assertThat(shop.carts().items(ada.id())).hasSize(2);
  }

  @Test
  void refusesWhatNobodyCarries() {
    Product anvil = shop.catalog().add(given.unique("SKU-"), "Anvil", "", 300_000);
    shop.prices().set(anvil.id(), BigDecimal.TEN, daysAgo(1));
    shop.inventory().move(anvil.id(), "BER", 5, "delivery");
    shop.carts().add(ada.id(), anvil.id(), 2);
    assertThatThrownBy(() -> shop.checkout().place(ada.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("nobody brings 600000 grams to DE");
    assertThat(shop.inventory().reserved(anvil.id(), "BER")).isZero();
  }

  @Test
  void refusesACouponThatDoesNotExist() {
    shop.carts().add(ada.id(), lamp.id(), 1);
    assertThatThrownBy(() -> shop.checkout().place(ada.id(), given.unique("NONE")))
        .isInstanceOf(NotFoundException.class);
    assertThat(shop.orders().of(ada.id(), 0, 10)).isEmpty();
    assertThat(shop.inventory().available(lamp.id())).isEqualTo(20);
  }
}
