package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.context.jdbc.Sql.ExecutionPhase;

/** What Spring does before the first test finds the branch of the class. */
@BranchedDatabase(value = "shop", flyway = "db/shop")
@SpringBootTest
@Sql(
    statements = "INSERT INTO customers (name) VALUES ('Barbara')",
    executionPhase = ExecutionPhase.BEFORE_TEST_CLASS)
@TestInstance(Lifecycle.PER_CLASS)
class SqlTest {

  @Autowired Customers customers;

  @Test
  void seesTheRowsOfTheScript() {
    assertThat(customers.findByName("Barbara")).isPresent();
    assertThat(customers.count()).isEqualTo(3);
  }
}
