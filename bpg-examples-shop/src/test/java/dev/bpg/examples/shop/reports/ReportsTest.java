package dev.bpg.examples.shop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.orders.Order;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportsTest extends ShopTest {

  private String brand;
  private Product lamp;

  @BeforeEach
  void addAProduct() {
    brand = given.unique("Brand ");
    lamp = branded("4.50");
  }

  private Product branded(String price) {
    Product product = given.product(price);
    shop.catalog().brand(product.id(), brand);
    return product;
  }

  @Test
  void addUpWhatACustomerSpent() {
    Customer ada = given.customer();
    given.order(ada, lamp, 2);
    given.order(ada, lamp, 1);
    assertThat(shop.reports().spent(ada.id())).isEqualTo("13.50");
  }

  @Test
  void leaveOutWhatWasTakenBack() {
    Customer ada = given.customer();
    Order order = given.order(ada, lamp, 2);
    given.order(ada, lamp, 1);
    shop.orders().cancel(order.id());
    assertThat(shop.reports().spent(ada.id())).isEqualTo("4.50");
  }

  @Test
  void rankCustomersByWhatTheySpent() {
    Product crown = given.product("100000.00");
    Customer small = given.customer();
    Customer big = given.customer();
    given.order(small, crown, 1);
    given.order(big, crown, 2);
    assertThat(shop.reports().rank(big.id())).isLessThan(shop.reports().rank(small.id()));
    assertThat(shop.reports().rank(small.id()))
        .isLessThan(shop.reports().rank(given.stranger().id()));
  }

  @Test
  void addUpADay() {
    // By UTC; an order around midnight counts for one of the two days.
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    BigDecimal then = days(before);
    given.order(lamp, 2);
    assertThat(days(before).subtract(then)).isEqualByComparingTo("9.00");
  }

  private BigDecimal days(LocalDate first) {
    return shop.reports().revenue(first).add(shop.reports().revenue(first.plusDays(1)));
  }

  @Test
  void findNothingOnADayInTheFuture() {
    assertThat(shop.reports().revenue(LocalDate.of(2999, 1, 1))).isZero();
  }

  @Test
  void addUpACategoryWithAllBelow() {
    String lights = given.unique("lights");
    String indoors = given.unique("indoors");
    shop.categories().add(lights, "Lights");
    shop.categories().addBelow(lights, indoors, "Indoors");
    shop.categories().put(lamp.id(), indoors);
    Product torch = given.product("10.00");
    shop.categories().put(torch.id(), lights);
    given.order(lamp, 2);
    given.order(torch, 1);
    assertThat(shop.reports().revenueOfCategory(lights)).isEqualTo("19.00");
    assertThat(shop.reports().revenueOfCategory(indoors)).isEqualTo("9.00");
  }

  @Test
  void countASaleOnceThatIsInTwoCategories() {
    String lights = given.unique("lights");
    String indoors = given.unique("indoors");
    shop.categories().add(lights, "Lights");
    shop.categories().addBelow(lights, indoors, "Indoors");
    shop.categories().put(lamp.id(), indoors);
    shop.categories().put(lamp.id(), lights);
    given.order(lamp, 1);
    assertThat(shop.reports().revenueOfCategory(lights)).isEqualTo("4.50");
  }

  @Test
  void sortWhatSellsBest() {
    Product chair = branded("20.00");
    given.order(lamp, 2);
    given.order(chair, 3);
    given.order(lamp, 2);
    branded("1.00");
    assertThat(shop.reports().bestsellers(brand, 10))
        .containsExactly(Map.entry(lamp.sku(), 4), Map.entry(chair.sku(), 3));
    assertThat(shop.reports().bestsellers(brand, 1)).containsOnlyKeys(lamp.sku());
  }

  @Test
  void tellWhatRunsOut() {
    branded("1.00");
    given.order(lamp, 18);
    Product out = given.unpriced();
    shop.catalog().brand(out.id(), brand);
    assertThat(shop.reports().lowStock(brand, 5)).containsExactly(out.sku(), lamp.sku());
  }

  @Test
  void doNotTellOfWhatIsNotSoldAnyMore() {
    shop.catalog().activate(lamp.id(), false);
    assertThat(shop.reports().lowStock(brand, 100)).isEmpty();
  }
}
