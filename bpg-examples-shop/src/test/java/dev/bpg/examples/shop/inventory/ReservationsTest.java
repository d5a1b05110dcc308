package dev.bpg.examples.shop.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReservationsTest extends ShopTest {

  private long lamp;

  @BeforeEach
  void fill() {
    lamp = given.unpriced().id();
    shop.inventory().move(lamp, "BER", 3, "delivery");
    shop.inventory().move(lamp, "LYO", 8, "delivery");
  }

  @Test
  void areMadeInTheFirstWarehouse() {
    assertThat(shop.inventory().reserve(lamp, 3)).contains("BER");
    assertThat(shop.inventory().reserved(lamp, "BER")).isEqualTo(3);
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(3);
  }

  @Test
  void areMadeInTheNextThatHasEnough() {
    assertThat(shop.inventory().reserve(lamp, 4)).contains("LYO");
    assertThat(shop.inventory().reserve(lamp, 4)).contains("LYO");
    assertThat(shop.inventory().reserve(lamp, 3)).contains("BER");
  }

  @Test
  void areNotMadeOfTwoWarehouses() {
    assertThat(shop.inventory().reserve(lamp, 9)).isEmpty();
    assertThat(shop.inventory().available(lamp)).isEqualTo(11);
  }

  @Test
  void areNotMadeOfWhatIsReserved() {
    shop.inventory().reserve(lamp, 8);
    assertThat(shop.inventory().reserve(lamp, 4)).isEmpty();
    assertThat(shop.inventory().available(lamp)).isEqualTo(3);
  }

  @Test
  void areGivenBack() {
    shop.inventory().reserve(lamp, 3);
    shop.inventory().release(lamp, "BER", 2);
    assertThat(shop.inventory().reserved(lamp, "BER")).isEqualTo(1);
  }

  @Test
  void areNotGivenBackTwice() {
    shop.inventory().reserve(lamp, 3);
    shop.inventory().release(lamp, "BER", 3);
    assertThatThrownBy(() -> shop.inventory().release(lamp, "BER", 1))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is not so much reserved in BER");
  }

  @Test
  void areNotGivenBackWhereThereWasNeverAnything() {
    assertThatThrownBy(() -> shop.inventory().release(lamp, "MAD", 1))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void areShipped() {
    shop.inventory().reserve(lamp, 2);
    shop.inventory().ship(lamp, "BER", 2, "order 7");
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(1);
    assertThat(shop.inventory().reserved(lamp, "BER")).isZero();
    assertThat(shop.inventory().movements(lamp)).endsWith("BER -2 order 7");
  }

  @Test
  void thatWereNotMadeAreNotShipped() {
    shop.inventory().reserve(lamp, 1);
    assertThatThrownBy(() -> shop.inventory().ship(lamp, "BER", 2, "order 7"))
        .isInstanceOf(RefusedException.class);
    assertThat(shop.inventory().quantity(lamp, "BER")).isEqualTo(3);
    assertThat(shop.inventory().reserved(lamp, "BER")).isEqualTo(1);
  }

  @Test
  void byManyAtOnceAreAsManyAsThereIs() {
    List<Optional<String>> made =
        IntStream.range(0, 16).parallel().mapToObj(i -> shop.inventory().reserve(lamp, 1)).toList();
    assertThat(made.stream().filter(Optional::isPresent)).hasSizeBetween(1, 11);
    long reserved = made.stream().filter(Optional::isPresent).count();
    assertThat(shop.inventory().available(lamp)).isEqualTo(11 - (int) reserved);
  }
}
