package dev.bpg.examples.shop.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.examples.shop.ShopTest;
import dev.bpg.examples.shop.customers.Customers;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest extends ShopTest {

  private Sql sql;
  private String email;

  @BeforeEach
  void connect(DataSource database) {
    sql = Sql.on(database);
    email = given.unique("c") + "@example.org";
  }

  @Test
  void keepWhatWasDone() {
    sql.inTransaction(tx -> new Customers(tx).register(email, "Ada"));
    assertThat(shop.customers().withEmail(email)).isPresent();
  }

  @Test
  void leaveNothingOfWhatFailed() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertThatThrownBy(
            () ->
                sql.inTransaction(
                    tx -> {
                      new Customers(tx).register(email, "Ada");
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(shop.customers().withEmail(email)).isEmpty();
  }

  @Test
  void areNotSeenBeforeTheyAreOver() {
    sql.inTransaction(
        tx -> {
          new Customers(tx).register(email, "Ada");
          assertThat(shop.customers().withEmail(email)).isEmpty();
          assertThat(new Customers(tx).withEmail(email)).isPresent();
        });
  }

  @Test
  void withinOneAnotherAreOne() {
    assertThatThrownBy(
            () ->
                sql.inTransaction(
                    tx -> {
                      tx.inTransaction(inner -> new Customers(inner).register(email, "Ada"));
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(shop.customers().withEmail(email)).isEmpty();
  }

  @Test
  void giveBackWhatTheyFound() {
    long seven = sql.transaction(tx -> tx.number("SELECT 7"));
    assertThat(seven).isEqualTo(7);
  }

  @Test
  void tellWhyAStatementFailed() {
    assertThatThrownBy(() -> sql.number("SELECT nothing FROM nowhere"))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("relation \"nowhere\" does not exist");
  }
}
