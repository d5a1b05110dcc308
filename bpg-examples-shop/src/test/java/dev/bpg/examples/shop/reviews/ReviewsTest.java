package dev.bpg.examples.shop.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.catalog.Product;
import dev.bpg.examples.shop.customers.Customer;
import dev.bpg.examples.shop.error.RefusedException;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewsTest extends ShopTest {

  private Product lamp;

  @BeforeEach
  void addAProduct() {
    lamp = given.product("4.50");
  }

  private Customer buyer() {
    Customer customer = given.customer();
    given.delivered(customer, lamp, 1);
    return customer;
  }

  private long write(int rating, String body) {
    return shop.reviews().write(buyer().id(), lamp.id(), rating, body);
  }

  @Test
  void areWrittenByThoseWhoGotIt() {
    write(5, "Bright.");
    assertThat(shop.reviews().of(lamp.id())).containsExactly("Bright.");
  }

  @Test
  void areNotWrittenByThoseWhoWait() {
    Customer customer = given.customer();
    given.pay(given.order(customer, lamp, 1));
    assertThatThrownBy(() -> shop.reviews().write(customer.id(), lamp.id(), 5, "Soon!"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("only who got product " + lamp.id() + " can review it");
    assertThat(shop.reviews().of(lamp.id())).isEmpty();
  }

  @Test
  void areNotWrittenByThoseWhoGotSomethingElse() {
    Customer customer = buyer();
    Product chair = given.product("20.00");
    assertThatThrownBy(() -> shop.reviews().write(customer.id(), chair.id(), 5, "Nice lamp."))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void areWrittenOnce() {
    Customer customer = buyer();
    shop.reviews().write(customer.id(), lamp.id(), 5, "Bright.");
    assertThatThrownBy(() -> shop.reviews().write(customer.id(), lamp.id(), 1, "Broke."))
        .isInstanceOf(RefusedException.class)
        .hasMessage("customer " + customer.id() + " has reviewed it already");
    assertThat(shop.reviews().of(lamp.id())).containsExactly("Bright.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void rateFromOneToFive(int rating) {
    assertThatThrownBy(() -> write(rating, "Odd."))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a rating is 1 to 5");
  }

  @Test
  void haveAMean() {
    write(5, "Bright.");
    write(5, "Fine.");
    write(4, "Warm.");
    assertThat(shop.reviews().average(lamp.id())).contains(new BigDecimal("4.7"));
  }

  @Test
  void haveNoMeanWhereThereAreNone() {
    assertThat(shop.reviews().average(lamp.id())).isEmpty();
  }

  @Test
  void areSortedByVotes() {
    write(5, "Bright.");
    long helpful = write(3, "Hot, too.");
    shop.reviews().vote(helpful, given.stranger().id(), true);
    long useless = write(1, "Hm.");
    shop.reviews().vote(useless, given.stranger().id(), false);
    assertThat(shop.reviews().of(lamp.id())).containsExactly("Hot, too.", "Bright.", "Hm.");
  }

  @Test
  void areVotedOnOnceByEach() {
    long first = write(5, "Bright.");
    long second = write(3, "Hot, too.");
    long voter = given.stranger().id();
    shop.reviews().vote(second, voter, true);
    shop.reviews().vote(second, voter, true);
    shop.reviews().vote(first, given.stranger().id(), true);
    assertThat(shop.reviews().of(lamp.id())).containsExactly("Bright.", "Hot, too.");
  }

  @Test
  void areVotedOnAnew() {
    write(5, "Bright.");
    long second = write(3, "Hot, too.");
    long voter = given.stranger().id();
    shop.reviews().vote(second, voter, true);
    shop.reviews().vote(second, voter, false);
    assertThat(shop.reviews().of(lamp.id())).containsExactly("Bright.", "Hot, too.");
  }

  @Test
  void areNotVotedOnByTheirWriters() {
    Customer customer = buyer();
    long review = shop.reviews().write(customer.id(), lamp.id(), 5, "Bright.");
    assertThatThrownBy(() -> shop.reviews().vote(review, customer.id(), true))
        .isInstanceOf(RefusedException.class)
        .hasMessage("nobody votes on their own review");
  }

  @Test
  void areTakenBackByTheirWriters() {
    Customer customer = buyer();
    long review = shop.reviews().write(customer.id(), lamp.id(), 5, "Bright.");
    shop.reviews().vote(review, given.stranger().id(), true);
    assertThatThrownBy(() -> shop.reviews().withdraw(review, given.stranger().id()))
        .isInstanceOf(RefusedException.class);
    shop.reviews().withdraw(review, customer.id());
    assertThat(shop.reviews().of(lamp.id())).isEmpty();
  }
}
