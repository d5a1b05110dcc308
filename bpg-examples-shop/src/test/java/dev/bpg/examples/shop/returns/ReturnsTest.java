package dev.bpg.examples.shop.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReturnsTest extends ShopTest {

  private Product lamp;
  private Order order;

  @BeforeEach
  void deliver() {
    lamp = given.product("4.50");
    order = given.delivered(given.customer(), lamp, 3);
  }

  private long request(int quantity) {
    return shop.returns().request(order.id(), Map.of(1, quantity), "too bright");
  }

  @Test
  void areAnnouncedFirst() {
    long request = request(2);
    assertThat(shop.returns().status(request)).isEqualTo("requested");
    assertThat(shop.inventory().quantity(lamp.id(), "BER")).isEqualTo(17);
  }

  @Test
  void areWorthWhatWasPaid() {
    assertThat(shop.returns().value(request(2))).isEqualTo("9.00");
  }

  @Test
  void comeIntoAnyWarehouse() {
    long request = request(2);
    shop.returns().receive(request, "MAD");
    assertThat(shop.returns().status(request)).isEqualTo("received");
    assertThat(shop.inventory().quantity(lamp.id(), "MAD")).isEqualTo(2);
    assertThat(shop.inventory().movements(lamp.id())).endsWith("MAD +2 return " + request);
  }

  @Test
  void comeOnce() {
    long request = request(2);
    shop.returns().receive(request, "BER");
    assertThatThrownBy(() -> shop.returns().receive(request, "BER"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("return " + request + " is received");
    assertThat(shop.inventory().quantity(lamp.id(), "BER")).isEqualTo(19);
  }

  @Test
  void areNotBookedIntoAWarehouseThatDoesNotExist() {
    long request = request(2);
    assertThatThrownBy(() -> shop.returns().receive(request, "XXX"))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.returns().status(request)).isEqualTo("requested");
  }

  @Test
  void areNotMoreThanWasBought() {
    assertThatThrownBy(() -> request(4))
        .isInstanceOf(RefusedException.class)
        .hasMessage("not so many of line 1 can be returned");
  }

  @Test
  void areNotMoreThanIsLeft() {
    request(2);
    assertThatThrownBy(() -> request(2)).isInstanceOf(RefusedException.class);
    assertThat(shop.returns().value(request(1))).isEqualTo("4.50");
  }

  @Test
  void areAnnouncedAgainIfTheyWereRefused() {
    shop.returns().reject(request(3));
    assertThat(shop.returns().status(request(3))).isEqualTo("requested");
  }

  @Test
  void areNotRefusedOnceTheyCame() {
    long request = request(1);
    shop.returns().receive(request, "BER");
    assertThatThrownBy(() -> shop.returns().reject(request)).isInstanceOf(RefusedException.class);
    assertThat(shop.returns().status(request)).isEqualTo("received");
  }

  @Test
  void areOfOrdersThatArrived() {
    Order underway = given.paid(lamp, 1);
    assertThatThrownBy(() -> shop.returns().request(underway.id(), Map.of(1, 1), "changed mind"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("order " + underway.id() + " is not delivered");
  }

  @Test
  void areOfLinesThatWereBought() {
    assertThatThrownBy(() -> shop.returns().request(order.id(), Map.of(2, 1), "what?"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void thatDoNotExistAreNotFound() {
    assertThatThrownBy(() -> shop.returns().status(-1))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no return -1");
  }
}
