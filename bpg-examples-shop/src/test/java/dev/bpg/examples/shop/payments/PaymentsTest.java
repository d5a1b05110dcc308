package dev.bpg.examples.shop.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentsTest extends ShopTest {

  private Order order;

  @BeforeEach
  void buy() {
    order = given.order(given.product("6.10"), 1);
  }

  private long authorise(String amount) {
    return shop.payments()
        .authorise(order.id(), "card", new BigDecimal(amount), given.unique("reference"));
  }

  @Test
  void areAuthorisedFirst() {
    authorise("10.00");
    assertThat(shop.payments().of(order.id())).containsExactly("card 10.00 authorised");
    assertThat(shop.payments().paid(order.id())).isZero();
    assertThat(shop.orders().get(order.id()).status()).isEqualTo("placed");
  }

  @Test
  void payAnOrder() {
    shop.payments().capture(authorise("10.00"));
    assertThat(shop.payments().paid(order.id())).isEqualTo("10.00");
    assertThat(shop.orders().get(order.id()).status()).isEqualTo("paid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"card", "transfer", "invoice"})
  void areOfThreeMethods(String method) {
    long payment =
        shop.payments().authorise(order.id(), method, order.total(), given.unique("reference"));
    shop.payments().capture(payment);
    assertThat(shop.payments().of(order.id())).containsExactly(method + " 10.00 captured");
  }

  @Test
  void areOfNoOtherMethod() {
    assertThatThrownBy(
            () -> shop.payments().authorise(order.id(), "shells", order.total(), "reference"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no such method, or nothing to pay: shells");
    assertThat(shop.payments().of(order.id())).isEmpty();
  }

  @Test
  void payInParts() {
    shop.payments().capture(authorise("4.00"));
    assertThat(shop.orders().get(order.id()).status()).isEqualTo("placed");
    shop.payments().capture(authorise("6.00"));
    assertThat(shop.orders().get(order.id()).status()).isEqualTo("paid");
  }

  @Test
  void areNotMoreThanTheOrderCosts() {
    assertThatThrownBy(() -> authorise("10.01"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("order " + order.id() + " costs less than 10.01");
  }

  @Test
  void areNotMoreThanIsLeft() {
    authorise("4.00");
    assertThatThrownBy(() -> authorise("6.01")).isInstanceOf(RefusedException.class);
    assertThat(shop.payments().of(order.id())).containsExactly("card 4.00 authorised");
  }

  @Test
  void thatFailedMakeRoomForOthers() {
    shop.payments().fail(authorise("10.00"));
    shop.payments().capture(authorise("10.00"));
    assertThat(shop.payments().of(order.id()))
        .containsExactly("card 10.00 failed", "card 10.00 captured");
  }

  @Test
  void areNotTakenTwice() {
    long payment = authorise("4.00");
    shop.payments().capture(payment);
    assertThatThrownBy(() -> shop.payments().capture(payment))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no authorised payment " + payment);
    assertThat(shop.payments().paid(order.id())).isEqualTo("4.00");
  }

  @Test
  void areNotTakenOnceTheyFailed() {
    long payment = authorise("4.00");
    shop.payments().fail(payment);
    assertThatThrownBy(() -> shop.payments().capture(payment))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void comeOnceByTheProvidersReference() {
    String reference = given.unique("reference");
    shop.payments().authorise(order.id(), "card", BigDecimal.ONE, reference);
    assertThatThrownBy(
            () -> shop.payments().authorise(order.id(), "card", BigDecimal.ONE, reference))
        .isInstanceOf(RefusedException.class)
        .hasMessage("payment " + reference + " was noted already");
    assertThat(shop.payments().of(order.id())).hasSize(1);
  }

  @Test
  void areNotForOrdersThatWereTakenBack() {
    shop.orders().cancel(order.id());
    assertThatThrownBy(() -> authorise("1.00"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("order " + order.id() + " is cancelled");
  }
}
