package dev.bpg.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

// tag::test
@QuarkusTest
@QuarkusTestResource(ShopBranch.class)
class OrdersTest {

  @Inject Orders orders;
  Branch branch;

  @RepeatedTest(3)
  void pays() throws SQLException {
    assertThat(orders.openCents()).isEqualTo(5500);
    orders.pay(7);
    assertThat(orders.openCents()).isEqualTo(4800);
  }

  @AfterEach
  void rewind() {
    branch.rewindTo("start");
  }
}
// end::test
