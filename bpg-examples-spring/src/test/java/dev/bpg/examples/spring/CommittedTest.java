package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests see that commit; {@link RolledBackTest} has what those miss that are rolled back. */
// tag::committed
@SpringBootTest
@BranchedDatabase(value = "shop", flyway = "db/shop", scope = BranchScope.METHOD)
class CommittedTest {

  @Autowired Checkout checkout;
  @Autowired JdbcClient jdbc;

  @Test
  void otherThreadsSeeIt() throws Exception {
    checkout.pay(7);
    assertThat(CompletableFuture.supplyAsync(checkout::openCents).get(10, TimeUnit.SECONDS))
        .isEqualTo(4800);
  }

  @Test
  void whatIsCheckedAtCommitIsChecked() {
    noTwoAlike(jdbc);
    assertThatThrownBy(() -> checkout.order("Ada", 200)).hasStackTraceContaining("no_two_alike");
  }

  static void noTwoAlike(JdbcClient jdbc) {
    jdbc.sql(
            "ALTER TABLE orders ADD CONSTRAINT no_two_alike UNIQUE (customer_id, cents)"
                + " DEFERRABLE INITIALLY DEFERRED")
        .update();
  }
}
// end::committed
