package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

// tag::checkout-test
@SpringBootTest
@BranchedDatabase(value = "shop", flyway = "db/shop", scope = BranchScope.METHOD)
class CheckoutTest {

  @Autowired Checkout checkout;
  @Autowired Orders orders;

  @Test
  void pays() {
    checkout.pay(7);
    assertThat(orders.countByPaidTrue()).isEqualTo(1);
    assertThat(checkout.openCents()).isEqualTo(4800);
  }

  @RepeatedTest(3) // each adds the same customer, and commits
  void takesAnOrderOfANewCustomer() {
    checkout.order("Linus", 600);
    assertThat(orders.count()).isEqualTo(11);
    assertThat(checkout.openCents()).isEqualTo(6100);
  }
}
// end::checkout-test
