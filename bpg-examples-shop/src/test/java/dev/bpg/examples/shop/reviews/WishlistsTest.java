package dev.bpg.examples.shop.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.orders.CartItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WishlistsTest extends ShopTest {

  private long ada;
  private long lamp;

  @BeforeEach
  void come() {
    ada = given.stranger().id();
    lamp = given.product("4.50").id();
  }

  @Test
  void areEmptyAtFirst() {
    assertThat(shop.wishlists().of(ada)).isEmpty();
    assertThat(shop.wishlists().wishes(lamp)).isZero();
  }

  @Test
  void keepTheirOrder() {
    long chair = given.unpriced().id();
    shop.wishlists().add(ada, chair);
    shop.wishlists().add(ada, lamp);
    assertThat(shop.wishlists().of(ada)).containsExactly(chair, lamp);
  }

  @Test
  void haveAProductOnce() {
    shop.wishlists().add(ada, lamp);
    shop.wishlists().add(ada, lamp);
    assertThat(shop.wishlists().of(ada)).containsExactly(lamp);
  }

  @Test
  void tellHowManyWishForAProduct() {
    shop.wishlists().add(ada, lamp);
    shop.wishlists().add(given.stranger().id(), lamp);
    assertThat(shop.wishlists().wishes(lamp)).isEqualTo(2);
  }

  @Test
  void forgetAProduct() {
    shop.wishlists().add(ada, lamp);
    shop.wishlists().remove(ada, lamp);
    shop.wishlists().remove(ada, lamp);
    assertThat(shop.wishlists().of(ada)).isEmpty();
  }

  @Test
  void refuseAProductThatDoesNotExist() {
    assertThatThrownBy(() -> shop.wishlists().add(ada, -1))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no customer " + ada + " or no product -1");
  }

  @Test
  void moveAProductToTheCart() {
    shop.wishlists().add(ada, lamp);
    shop.wishlists().toCart(ada, lamp);
    assertThat(shop.wishlists().of(ada)).isEmpty();
    assertThat(shop.carts().items(ada)).extracting(CartItem::product).containsExactly(lamp);
  }

  @Test
  void keepAProductThatCannotBeBought() {
    long unpriced = given.unpriced().id();
    shop.wishlists().add(ada, unpriced);
    assertThatThrownBy(() -> shop.wishlists().toCart(ada, unpriced))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.wishlists().of(ada)).containsExactly(unpriced);
  }

  @Test
  void goWithTheirCustomer() {
    shop.wishlists().add(ada, lamp);
    shop.customers().delete(ada);
    assertThat(shop.wishlists().wishes(lamp)).isZero();
  }
}
