package dev.bpg.examples.shop.promotions;

import static dev.bpg.examples.shop.Given.daysAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.error.NotFoundException;
import dev.bpg.examples.shop.error.RefusedException;
import dev.bpg.examples.shop.promotions.Coupons.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CouponsTest extends ShopTest {

  private String code;

  @BeforeEach
  void think() {
    code = given.unique("CODE").toUpperCase(Locale.ROOT);
  }

  private static Terms terms(String minimum, Instant from, Instant until) {
    return new Terms(new BigDecimal(minimum), from, until, 5);
  }

  private static Terms always() {
    return terms("0", daysAgo(1), daysAgo(-1));
  }

  private BigDecimal discount(String goods) {
    return shop.coupons().discount(code, new BigDecimal(goods));
  }

  @ParameterizedTest
  @CsvSource({"10, 50.00, 5.00", "12.5, 0.99, 0.12", "90, 10.00, 9.00"})
  void takeAPercentageOff(BigDecimal percent, String goods, BigDecimal off) {
    shop.coupons().addPercent(code, percent, always());
    assertThat(discount(goods)).isEqualTo(off);
  }

  @Test
  void takeAnAmountOff() {
    shop.coupons().addAmount(code, new BigDecimal("5.00"), always());
    assertThat(discount("20.00")).isEqualTo("5.00");
  }

  @Test
  void takeOffNoMoreThanThereIs() {
    shop.coupons().addAmount(code, new BigDecimal("5.00"), always());
    assertThat(discount("3.00")).isEqualTo("3.00");
  }

  @Test
  void areReadInWhateverCase() {
    shop.coupons().addAmount(code, BigDecimal.ONE, always());
    assertThat(shop.coupons().discount(" " + code.toLowerCase(Locale.ROOT), new BigDecimal("3.00")))
        .isEqualTo("1.00");
  }

  @Test
  void countFromTheirMinimum() {
    shop.coupons().addAmount(code, BigDecimal.ONE, terms("20.00", daysAgo(1), daysAgo(-1)));
    assertThat(discount("20.00")).isEqualTo("1.00");
    assertThatThrownBy(() -> discount("19.99"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("coupon " + code + " counts from 20.00");
  }

  @ParameterizedTest
  @CsvSource({"9, 2", "-2, -9"})
  void countInTheirTime(int from, int until) {
    shop.coupons().addAmount(code, BigDecimal.ONE, terms("0", daysAgo(from), daysAgo(until)));
    assertThatThrownBy(() -> discount("20.00"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("coupon " + code + " does not count now");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "91"})
  void takeNoOddPercentages(String percent) {
    assertThatThrownBy(() -> shop.coupons().addPercent(code, new BigDecimal(percent), always()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a coupon like this makes no sense: " + code);
  }

  @Test
  void doNotEndBeforeTheyBegin() {
    assertThatThrownBy(
            () ->
                shop.coupons().addAmount(code, BigDecimal.ONE, terms("0", daysAgo(1), daysAgo(2))))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void haveACodeOfTheirOwn() {
    shop.coupons().addAmount(code, BigDecimal.ONE, always());
    assertThatThrownBy(() -> shop.coupons().addAmount(code, BigDecimal.TEN, always()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is a coupon " + code + " already");
    assertThat(discount("20.00")).isEqualTo("1.00");
  }

  @Test
  void thatDoNotExistAreNotFound() {
    assertThatThrownBy(() -> discount("1.00"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no coupon " + code);
  }
}
