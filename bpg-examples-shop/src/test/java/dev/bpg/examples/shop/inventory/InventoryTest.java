package dev.bpg.examples.shop.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryTest extends ShopTest {

  private long lamp;

  @BeforeEach
  void addAProduct() {
    lamp = given.unpriced().id();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(shop.inventory().quantity(lamp, "BER")).isZero();
    assertThat(shop.inventory().available(lamp)).isZero();
  }

  @Test
  void growsByWhatComes() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    shop.inventory().move(lamp, "BER", 3, "delivery");
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(8);
  }

  @Test
  void shrinksByWhatGoes() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    shop.inventory().move(lamp, "BER", -5, "broken");
    assertThat(shop.inventory().quantity(lamp, "BER")).isZero();
  }

  @Test
  void isKeptApartByWarehouse() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    shop.inventory().move(lamp, "LYO", 2, "delivery");
    assertThat(shop.inventory().quantity(lamp, "LYO")).isEqualTo(2);
    assertThat(shop.inventory().available(lamp)).isEqualTo(7);
  }

  @Test
  void refusesToTakeWhatIsNotThere() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    assertThatThrownBy(() -> shop.inventory().move(lamp, "BER", -6, "stolen"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is not so much to take in BER");
    assertThat(shop.inventory().movements(lamp)).containsExactly("BER +5 delivery");
  }

  @Test
  void refusesToTakeWhatIsReserved() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    shop.inventory().reserve(lamp, 2);
    assertThatThrownBy(() -> shop.inventory().move(lamp, "BER", -4, "broken"))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(5);
  }

  @Test
  void refusesAMovementOfNothing() {
    assertThatThrownBy(() -> shop.inventory().move(lamp, "BER", 0, "nothing"))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.inventory().movements(lamp)).isEmpty();
  }

  @Test
  void refusesAWarehouseThatDoesNotExist() {
    assertThatThrownBy(() -> shop.inventory().move(lamp, "XXX", 1, "delivery"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no product " + lamp + " or no warehouse XXX");
  }

  @Test
  void tellsWhatWasBookedInOrder() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    shop.inventory().move(lamp, "MAD", 2, "delivery");
    shop.inventory().move(lamp, "BER", -1, "broken");
    assertThat(shop.inventory().movements(lamp))
        .containsExactly("BER +5 delivery", "MAD +2 delivery", "BER -1 broken");
  }

  @Test
  void goesFromOneWarehouseToAnother() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    shop.inventory().transfer(lamp, "BER", "MAD", 2);
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(3);
    assertThat(shop.inventory().quantity(lamp, "MAD")).isEqualTo(2);
  }

  @Test
  void staysWhereItIsIfTheOtherWarehouseDoesNotExist() {
    shop.inventory().move(lamp, "BER", 5, "delivery");
    assertThatThrownBy(() -> shop.inventory().transfer(lamp, "BER", "XXX", 2))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(5);
    assertThat(shop.inventory().movements(lamp)).hasSize(1);
  }
}
