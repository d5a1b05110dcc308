package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@BranchedDatabase(value = "shop", flyway = "db/shop", scope = BranchScope.METHOD)
class JooqTest {

  @Autowired Checkout checkout;
  @Autowired DataSource pool;

  // tag::jooq
  @RepeatedTest(2)
  void writesWhatTheApplicationReads() {
    DSLContext jooq = DSL.using(pool, SQLDialect.POSTGRES);
    int paid =
        jooq.transactionResult(
            transaction ->
                transaction
                    .dsl()
                    .update(table("orders"))
                    .set(field("paid", Boolean.class), true)
                    .where(field("id", Long.class).gt(5L))
                    .execute());
    assertThat(paid).isEqualTo(5);
    assertThat(checkout.openCents()).isEqualTo(1500);
  }
  // end::jooq
}
