package dev.bpg.examples.shop.shipping;

import static dev.bpg.examples.shop.Given.daysAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShipmentsTest extends ShopTest {

  private Product lamp;
  private Order order;
  private String tracking;

  @BeforeEach
  void pay() {
    lamp = given.product("4.50");
    Customer ada = given.customer();
    shop.carts().add(ada.id(), lamp.id(), 2);
    order = given.pay(given.order(ada, given.product("20.00"), 3));
    tracking = given.unique("T");
  }

  private String status() {
    return shop.orders().get(order.id()).status();
  }

  @Test
  void takeAllOfAnOrder() {
    shop.shipments().shipAll(order.id(), "post", tracking);
    assertThat(status()).isEqualTo("shipped");
    assertThat(shop.shipments().unshipped(order.id())).isEmpty();
    assertThat(shop.shipments().of(order.id())).containsExactly("post " + tracking);
  }

  @Test
  void takeGoodsOutOfTheWarehouse() {
    shop.shipments().shipAll(order.id(), "post", tracking);
    assertThat(shop.inventory().quantity(lamp.id(), "BER")).isEqualTo(18);
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isZero();
  }

  @Test
  void takeAPart() {
    shop.shipments().ship(order.id(), "post", tracking, Map.of(1, 1));
    assertThat(status()).isEqualTo("paid");
    assertThat(shop.shipments().unshipped(order.id()))
        .containsExactly(Map.entry(1, 1), Map.entry(2, 3));
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isEqualTo(1);
  }

  @Test
  void takeTheRest() {
    shop.shipments().ship(order.id(), "post", tracking, Map.of(1, 1));
    shop.shipments().shipAll(order.id(), "swift", tracking + "b");
    assertThat(status()).isEqualTo("shipped");
    assertThat(shop.shipments().of(order.id()))
        .containsExactly("post " + tracking, "swift " + tracking + "b");
  }

  @Test
  void takeNoMoreThanWasOrdered() {
    assertThatThrownBy(() -> shop.shipments().ship(order.id(), "post", tracking, Map.of(1, 3)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("not so many of line 1 are left to ship");
    assertThat(shop.shipments().of(order.id())).isEmpty();
    assertThat(shop.inventory().quantity(lamp.id(), "BER")).isEqualTo(20);
  }

  @Test
  void takeNoLineThatWasNotOrdered() {
    assertThatThrownBy(() -> shop.shipments().ship(order.id(), "post", tracking, Map.of(9, 1)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void takeNothingThatIsNotPaid() {
    Order unpaid = given.order(lamp, 1);
    assertThatThrownBy(() -> shop.shipments().shipAll(unpaid.id(), "post", tracking))
        .isInstanceOf(RefusedException.class)
        .hasMessage("order " + unpaid.id() + " is placed, not paid");
    assertThat(shop.inventory().reserved(lamp.id(), "BER")).isEqualTo(3);
  }

  @Test
  void haveANumberOfTheirOwn() {
    shop.shipments().ship(order.id(), "post", tracking, Map.of(1, 1));
    assertThatThrownBy(() -> shop.shipments().shipAll(order.id(), "post", tracking))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.shipments().unshipped(order.id())).hasSize(2);
  }

  @Test
  void needACarrier() {
    assertThatThrownBy(() -> shop.shipments().shipAll(order.id(), "pigeon", tracking))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no carrier pigeon, or parcel " + tracking + " is known");
    assertThat(status()).isEqualTo("paid");
  }

  @Test
  void arrive() {
    shop.shipments().shipAll(order.id(), "post", tracking);
    shop.shipments().delivered(tracking, Instant.now().plusSeconds(60));
    assertThat(status()).isEqualTo("delivered");
  }

  @Test
  void deliverAnOrderWithTheLastOfThem() {
    shop.shipments().ship(order.id(), "post", tracking, Map.of(1, 2));
    shop.shipments().shipAll(order.id(), "post", tracking + "b");
    shop.shipments().delivered(tracking, Instant.now().plusSeconds(60));
    assertThat(status()).isEqualTo("shipped");
    shop.shipments().delivered(tracking + "b", Instant.now().plusSeconds(60));
    assertThat(status()).isEqualTo("delivered");
  }

  @Test
  void doNotDeliverAnOrderOfWhichAPartIsLeft() {
    shop.shipments().ship(order.id(), "post", tracking, Map.of(1, 2));
    shop.shipments().delivered(tracking, Instant.now().plusSeconds(60));
    assertThat(status()).isEqualTo("paid");
  }

  @Test
  void arriveOnce() {
    shop.shipments().shipAll(order.id(), "post", tracking);
    shop.shipments().delivered(tracking, Instant.now().plusSeconds(60));
    assertThatThrownBy(() -> shop.shipments().delivered(tracking, Instant.now().plusSeconds(90)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no parcel " + tracking + " underway");
  }

  @Test
  void doNotArriveBeforeTheyLeft() {
    shop.shipments().shipAll(order.id(), "post", tracking);
    assertThatThrownBy(() -> shop.shipments().delivered(tracking, daysAgo(1)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("parcel " + tracking + " was not sent by then");
    assertThat(status()).isEqualTo("shipped");
  }
}
