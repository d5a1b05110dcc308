package dev.bpg.examples.shop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrdersTest extends ShopTest {

  private Product lamp;

  @BeforeEach
  void addAProduct() {
    lamp = given.product("4.50");
  }

  @Test
  void areListedTheNewestFirst() {
    Customer ada = given.customer();
    Order first = given.order(ada, lamp, 1);
    Order second = given.order(ada, lamp, 2);
    assertThat(shop.orders().of(ada.id(), 0, 10)).containsExactly(second, first);
  }

  @Test
  void areListedByPages() {
    Customer ada = given.customer();
    Order first = given.order(ada, lamp, 1);
    Order second = given.order(ada, lamp, 1);
    Order third = given.order(ada, lamp, 1);
    assertThat(shop.orders().of(ada.id(), 0, 2)).containsExactly(third, second);
    assertThat(shop.orders().of(ada.id(), 1, 2)).containsExactly(first);
    assertThat(shop.orders().of(ada.id(), 2, 2)).isEmpty();
  }

  @Test
  void ofOthersAreNotListed() {
    given.order(lamp, 1);
    assertThat(shop.orders().of(given.customer().id(), 0, 10)).isEmpty();
  }

  @Test
  void thatDoNotExistAreNotFound() {
    assertThatThrownBy(() -> shop.orders().get(-1))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no order -1");
  }

  @Test
  void containTax() {
    Order order = given.order(lamp, 2);
    assertThat(shop.orders().tax(order.id())).isEqualTo("1.44");
  }

  @Test
  void containTheTaxOfEachLine() {
    Customer ada = given.customer();
    Product book = given.product("10.70");
    shop.catalog().taxAs(book.id(), "reduced");
    shop.carts().add(ada.id(), book.id(), 1);
    Order order = given.order(ada, lamp, 2);
    assertThat(shop.orders().tax(order.id())).isEqualTo("2.14");
  }

  @Test
  void rememberEachStep() {
    Order order = given.delivered(given.customer(), lamp, 1);
    assertThat(shop.orders().history(order.id()))
        .containsExactly("placed", "paid", "shipped", "delivered");
  }

  @Test
  void areTakenBackBeforeTheyArePaid() {
    Order order = given.order(lamp, 2);
    shop.orders().cancel(order.id());
    assertThat(shop.orders().get(order.id()).status()).isEqualTo("cancelled");
    assertThat(shop.orders().history(order.id())).containsExactly("placed", "cancelled");
  }

  @Test
  void giveBackWhatTheyReserved() {
    Order order = given.order(lamp, 2);
    shop.orders().cancel(order.id());
    assertThat(shop.inventory().available(lamp.id())).isEqualTo(20);
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isZero();
  }

  @Test
  void areTakenBackOnce() {
    Order order = given.order(lamp, 2);
    given.order(lamp, 5);
    shop.orders().cancel(order.id());
    assertThatThrownBy(() -> shop.orders().cancel(order.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("order " + order.id() + " is cancelled, not placed");
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isEqualTo(5);
  }

  @Test
  void areNotTakenBackOnceTheyArePaid() {
    Order order = given.paid(lamp, 2);
    assertThatThrownBy(() -> shop.orders().cancel(order.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("order " + order.id() + " is paid, not placed");
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isEqualTo(2);
  }
}
