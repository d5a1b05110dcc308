package dev.bpg.examples.shop.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxesTest extends ShopTest {

  @ParameterizedTest
  @CsvSource({
    "DE, standard, 19.00",
    "DE, reduced, 7.00",
    "CH, reduced, 2.60",
    "FI, standard, 25.50",
  })
  void areThoseOfTheCountry(String country, String kind, BigDecimal percent) {
    assertThat(shop.taxes().percent(country, kind)).isEqualTo(percent);
  }

  @Test
  void areTheStandardOnesWhereThereAreNoReduced() {
    assertThat(shop.taxes().percent("DK", "reduced")).isEqualTo("25.00");
  }

  @Test
  void areUnknownElsewhere() {
    assertThatThrownBy(() -> shop.taxes().percent("XX", "standard"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no rate of tax in XX");
  }

  @ParameterizedTest
  @CsvSource({"119.00, 19, 19.00", "1.07, 7, 0.07", "10.00, 19, 1.60", "0.00, 19, 0.00"})
  void areContainedInThePrice(BigDecimal price, BigDecimal percent, BigDecimal tax) {
    assertThat(Taxes.contained(price, percent)).isEqualTo(tax);
  }
}
