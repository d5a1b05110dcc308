package dev.bpg.examples.shop.catalog;

import static dev.bpg.examples.shop.Given.daysAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PricesTest extends ShopTest {

  private static final BigDecimal TWO = new BigDecimal("2.00");
  private static final BigDecimal THREE = new BigDecimal("3.00");

  @Test
  void areNoneAtFirst() {
    assertThat(shop.prices().now(given.unpriced().id())).isEmpty();
  }

  @Test
  void countAsOfTheirTime() {
    Product lamp = given.unpriced();
    shop.prices().set(lamp.id(), TWO, daysAgo(10));
    shop.prices().set(lamp.id(), THREE, daysAgo(5));
    assertThat(shop.prices().at(lamp.id(), daysAgo(11))).isEmpty();
    assertThat(shop.prices().at(lamp.id(), daysAgo(7))).contains(TWO);
    assertThat(shop.prices().now(lamp.id())).contains(THREE);
  }

  @Test
  void countFromTheVeryMomentOn() {
    Product lamp = given.unpriced();
    Instant begin = daysAgo(3);
    shop.prices().set(lamp.id(), TWO, begin);
    assertThat(shop.prices().at(lamp.id(), begin)).contains(TWO);
    assertThat(shop.prices().at(lamp.id(), begin.minusMillis(1))).isEmpty();
  }

  @Test
  void mayBeSetForTheFuture() {
    Product lamp = given.unpriced();
    shop.prices().set(lamp.id(), TWO, daysAgo(1));
    shop.prices().set(lamp.id(), THREE, daysAgo(-1));
    assertThat(shop.prices().now(lamp.id())).contains(TWO);
    assertThat(shop.prices().at(lamp.id(), daysAgo(-2))).contains(THREE);
  }

  @Test
  void mayBeNothing() {
    Product lamp = given.unpriced();
    shop.prices().set(lamp.id(), new BigDecimal("0.00"), daysAgo(1));
    assertThat(shop.prices().now(lamp.id())).contains(new BigDecimal("0.00"));
  }

  @Test
  void areNotNegative() {
    Product lamp = given.unpriced();
    assertThatThrownBy(() -> shop.prices().set(lamp.id(), TWO.negate(), daysAgo(1)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a price is not negative");
    assertThat(shop.prices().changes(lamp.id())).isEmpty();
  }

  @Test
  void areNotTwoAtOneTime() {
    Product lamp = given.unpriced();
    Instant begin = daysAgo(3);
    shop.prices().set(lamp.id(), TWO, begin);
    assertThatThrownBy(() -> shop.prices().set(lamp.id(), THREE, begin))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a price of product " + lamp.id() + " begins then already");
    assertThat(shop.prices().now(lamp.id())).contains(TWO);
  }

  @Test
  void areNotedWhenTheyChange() {
    Product lamp = given.unpriced();
    shop.prices().set(lamp.id(), TWO, daysAgo(10));
    shop.prices().set(lamp.id(), THREE, daysAgo(5));
    assertThat(shop.prices().changes(lamp.id())).containsExactly("new -> 2.00", "2.00 -> 3.00");
  }

  @Test
  void ofABrandChangeTogether() {
    String brand = given.unique("Brand ");
    Product lamp = given.product("10.00");
    Product chair = given.product("33.33");
    Product other = given.product("5.00");
    shop.catalog().brand(lamp.id(), brand);
    shop.catalog().brand(chair.id(), brand);
    assertThat(shop.prices().changeBrand(brand, new BigDecimal("10"), Instant.now())).isEqualTo(2);
    assertThat(shop.prices().now(lamp.id())).contains(new BigDecimal("11.00"));
    assertThat(shop.prices().now(chair.id())).contains(new BigDecimal("36.66"));
    assertThat(shop.prices().now(other.id())).contains(new BigDecimal("5.00"));
  }

  @Test
  void ofABrandChangeFromTheLatest() {
    String brand = given.unique("Brand ");
    Product lamp = given.product("10.00");
    shop.catalog().brand(lamp.id(), brand);
    shop.prices().changeBrand(brand, new BigDecimal("50"), daysAgo(0).minusSeconds(60));
    shop.prices().changeBrand(brand, new BigDecimal("-20"), Instant.now());
    assertThat(shop.prices().changes(lamp.id()))
        .containsExactly("new -> 10.00", "10.00 -> 15.00", "15.00 -> 12.00");
  }
}
