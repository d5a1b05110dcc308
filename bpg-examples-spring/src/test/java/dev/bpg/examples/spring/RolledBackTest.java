package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.assertj.BranchAssertions;
import dev.bpg.junit5.BranchedDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.transaction.AfterTransaction;
import org.springframework.transaction.annotation.Transactional;

/** The tests of this class share a branch, and Spring rolls each of them back. */
// tag::rolled-back
@SpringBootTest
@BranchedDatabase(value = "shop", flyway = "db/shop")
@Transactional
class RolledBackTest {

  @Autowired Checkout checkout;
  @Autowired Orders orders;
  @Autowired JdbcClient jdbc;

  @AfterTransaction
  void nothingIsLeft() {
    assertThat(orders.countByPaidTrue()).isZero();
  }

  @Test
  void seesItsOwnTransaction() {
    checkout.pay(7);
    assertThat(orders.countByPaidTrue()).isEqualTo(1);
    assertThat(checkout.openCents()).isEqualTo(4800);
  }

  // end::rolled-back

  @Test
  void othersDoNotSeeIt(Branch branch) {
    checkout.pay(3);
    orders.flush();
    BranchAssertions.assertThat(branch).hasRows("orders", "paid", 0);
    assertThat(orders.countByPaidTrue()).isEqualTo(1);
  }

  @Test
  void otherThreadsDoNotSeeIt() throws Exception {
    checkout.pay(7);
    orders.flush();
    assertThat(CompletableFuture.supplyAsync(checkout::openCents).get(10, TimeUnit.SECONDS))
        .isEqualTo(5500);
  }

  @Test
  void whatIsCheckedAtCommitIsNotChecked() {
    CommittedTest.noTwoAlike(jdbc);
    checkout.order("Ada", 200);
    assertThat(checkout.openCents()).isEqualTo(5700);
  }
}
