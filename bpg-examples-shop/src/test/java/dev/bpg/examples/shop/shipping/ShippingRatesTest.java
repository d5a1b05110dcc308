package dev.bpg.examples.shop.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.RefusedException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippingRatesTest extends ShopTest {

  @ParameterizedTest
  @CsvSource({
    "DE, 1, post, 3.90",
    "DE, 1000, post, 3.90",
    "DE, 1001, swift, 6.50",
    "DE, 5001, swift, 14.90",
    "DE, 20001, cargo, 89.00",
    "FR, 1000, post, 7.90",
    "NO, 20001, cargo, 93.00",
  })
  void areTheCheapestThatCarriesTheWeight(
      String country, int grams, String carrier, BigDecimal price) {
    Rate rate = shop.shippingRates().cheapest(country, grams);
    assertThat(rate.carrier()).isEqualTo(carrier);
    assertThat(rate.price()).isEqualTo(price);
  }

  @Test
  void areOfferedFromTheCheapestUp() {
    assertThat(shop.shippingRates().offers("DE", 10_000))
        .containsExactly(
            new Rate("swift", 20_000, new BigDecimal("14.90")),
            new Rate("cargo", 20_000, new BigDecimal("29.00")),
            new Rate("cargo", 500_000, new BigDecimal("89.00")));
  }

  @Test
  void areNoneForWhatIsTooHeavy() {
    assertThat(shop.shippingRates().offers("DE", 500_001)).isEmpty();
    assertThatThrownBy(() -> shop.shippingRates().cheapest("DE", 500_001))
        .isInstanceOf(RefusedException.class)
        .hasMessage("nobody brings 500001 grams to DE");
  }

  @Test
  void areNoneToElsewhere() {
    assertThat(shop.shippingRates().offers("XX", 1)).isEmpty();
  }
}
