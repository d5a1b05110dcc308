package dev.bpg.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchDriver;
import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same for an application whose properties name its own database. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:postgresql://db.invalid/shop")
@BranchedDatabase(value = "shop", flyway = "db/shop", scope = BranchScope.METHOD)
class DynamicPropertiesTest {

  // tag::dynamic
  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    BranchDriver.springDataSource(registry::add);
  }

  // end::dynamic

  @Autowired Checkout checkout;
  @Autowired ApplicationContext context;

  @Test
  void opensTheTestsBranch() {
    checkout.pay(10);
    assertThat(checkout.openCents()).isEqualTo(4500);
  }

  @Nested
  @BranchedDatabase(value = "shop", flyway = "db/shop")
  class Inside {

    @Autowired ApplicationContext own;

    @Test
    void hasTheContextOfTheClassAroundAndABranchOfItsOwn() {
      assertThat(own).isSameAs(context);
      assertThat(checkout.openCents()).isEqualTo(5500);
    }
  }
}
