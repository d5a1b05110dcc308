package dev.bpg.examples.shop.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.Order;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoyaltyTest extends ShopTest {

  @Test
  void beginsWithNothing() {
    assertThat(shop.loyalty().balance(given.stranger().id())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"10.00, 10", "10.99, 10", "0.99, 0", "1, 1"})
  void givesAPointForEachWholeUnit(BigDecimal paid, int points) {
    Customer ada = given.stranger();
    assertThat(shop.loyalty().earn(ada.id(), paid, "gift")).isEqualTo(points);
    assertThat(shop.loyalty().balance(ada.id())).isEqualTo(points);
  }

  @Test
  void addsUp() {
    Customer ada = given.stranger();
    shop.loyalty().earn(ada.id(), new BigDecimal("7"), "one");
    shop.loyalty().earn(ada.id(), new BigDecimal("8"), "two");
    assertThat(shop.loyalty().balance(ada.id())).isEqualTo(15);
  }

  @Test
  void takesWhatIsSpent() {
    Customer ada = given.stranger();
    shop.loyalty().earn(ada.id(), new BigDecimal("7"), "gift");
    shop.loyalty().spend(ada.id(), 7, "mug");
    assertThat(shop.loyalty().balance(ada.id())).isZero();
  }

  @Test
  void refusesMoreThanThereIs() {
    Customer ada = given.stranger();
    shop.loyalty().earn(ada.id(), new BigDecimal("7"), "gift");
    assertThatThrownBy(() -> shop.loyalty().spend(ada.id(), 8, "mug"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("customer " + ada.id() + " has only 7 points");
    assertThat(shop.loyalty().balance(ada.id())).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5})
  void refusesToSpendNothingOrLess(int points) {
    assertThatThrownBy(() -> shop.loyalty().spend(given.stranger().id(), points, "mug"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("only a positive number of points can be spent");
  }

  @Test
  void tellsWhatWasBookedTheNewestFirst() {
    Customer ada = given.stranger();
    shop.loyalty().earn(ada.id(), new BigDecimal("7"), "gift");
    shop.loyalty().spend(ada.id(), 3, "mug");
    assertThat(shop.loyalty().history(ada.id())).containsExactly("-3 mug", "+7 gift");
  }

  @Test
  void keepsCustomersApart() {
    Customer ada = given.stranger();
    shop.loyalty().earn(given.stranger().id(), new BigDecimal("7"), "gift");
    assertThat(shop.loyalty().balance(ada.id())).isZero();
    assertThat(shop.loyalty().history(ada.id())).isEmpty();
  }

  @Test
  void isEarnedByPayingAnOrder() {
    Order order = given.paid(given.product("10.50"), 2);
    assertThat(shop.loyalty().history(order.customer())).containsExactly("+24 order " + order.id());
  }
}
