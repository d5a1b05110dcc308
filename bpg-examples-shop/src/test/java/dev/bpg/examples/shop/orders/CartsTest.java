package dev.bpg.examples.shop.orders;

import static dev.bpg.examples.shop.Given.daysAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.error.RefusedException;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartsTest extends ShopTest {

  private long ada;
  private Product lamp;

  @BeforeEach
  void come() {
    ada = given.stranger().id();
    lamp = given.product("4.50");
  }

  @Test
  void areEmptyAtFirst() {
    assertThat(shop.carts().items(ada)).isEmpty();
    assertThat(shop.carts().total(ada)).isZero();
  }

  @Test
  void takeProductsInTheirOrder() {
    Product chair = given.product("20.00");
    shop.carts().add(ada, chair.id(), 1);
    shop.carts().add(ada, lamp.id(), 2);
    assertThat(shop.carts().items(ada))
        .containsExactly(
            new CartItem(chair.id(), 1, new BigDecimal("20.00")),
            new CartItem(lamp.id(), 2, new BigDecimal("4.50")));
    assertThat(shop.carts().total(ada)).isEqualTo("29.00");
  }

  @Test
  void addUpWhatIsThereAlready() {
    shop.carts().add(ada, lamp.id(), 2);
    shop.carts().add(ada, lamp.id(), 3);
    assertThat(shop.carts().items(ada)).extracting(CartItem::quantity).containsExactly(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 100})
  void takeOneToNinetyNine(int quantity) {
    assertThatThrownBy(() -> shop.carts().add(ada, lamp.id(), quantity))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a cart takes 1 to 99 of a product");
    assertThat(shop.carts().items(ada)).isEmpty();
  }

  @Test
  void takeNoMoreThanNinetyNineInAll() {
    shop.carts().add(ada, lamp.id(), 60);
    assertThatThrownBy(() -> shop.carts().add(ada, lamp.id(), 60))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.carts().items(ada)).extracting(CartItem::quantity).containsExactly(60);
  }

  @Test
  void takeNothingThatHasNoPrice() {
    long unpriced = given.unpriced().id();
    assertThatThrownBy(() -> shop.carts().add(ada, unpriced, 1))
        .isInstanceOf(RefusedException.class)
        .hasMessage("product " + unpriced + " cannot be bought");
  }

  @Test
  void takeNothingThatIsNotSoldAnyMore() {
    shop.catalog().activate(lamp.id(), false);
    assertThatThrownBy(() -> shop.carts().add(ada, lamp.id(), 1))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void leaveOutWhatIsNotSoldAnyMore() {
    shop.carts().add(ada, lamp.id(), 1);
    shop.catalog().activate(lamp.id(), false);
    assertThat(shop.carts().items(ada)).isEmpty();
    assertThat(shop.carts().total(ada)).isZero();
  }

  @Test
  void costWhatIsAskedForNow() {
    shop.carts().add(ada, lamp.id(), 2);
    shop.prices().set(lamp.id(), new BigDecimal("6.00"), daysAgo(0));
    assertThat(shop.carts().total(ada)).isEqualTo("12.00");
  }

  @Test
  void changeHowManyThereAre() {
    shop.carts().add(ada, lamp.id(), 2);
    shop.carts().set(ada, lamp.id(), 7);
    assertThat(shop.carts().items(ada)).extracting(CartItem::quantity).containsExactly(7);
  }

  @Test
  void changeOnlyWhatIsIn() {
    assertThatThrownBy(() -> shop.carts().set(ada, lamp.id(), 7))
        .isInstanceOf(RefusedException.class)
        .hasMessage("product " + lamp.id() + " is not in the cart");
  }

  @Test
  void giveBackOneProduct() {
    Product chair = given.product("20.00");
    shop.carts().add(ada, lamp.id(), 1);
    shop.carts().add(ada, chair.id(), 1);
    shop.carts().remove(ada, lamp.id());
    assertThat(shop.carts().items(ada)).extracting(CartItem::product).containsExactly(chair.id());
  }

  @Test
  void giveBackEverything() {
    long other = given.stranger().id();
    shop.carts().add(ada, lamp.id(), 1);
    shop.carts().add(other, lamp.id(), 1);
    shop.carts().clear(ada);
    assertThat(shop.carts().items(ada)).isEmpty();
    assertThat(shop.carts().items(other)).hasSize(1);
  }
}
