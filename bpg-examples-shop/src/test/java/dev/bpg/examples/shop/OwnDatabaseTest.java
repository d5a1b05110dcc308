package dev.bpg.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.junit5.BranchScope;
import dev.bpg.junit5.BranchedDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

// tag::own-database
/** What only a database of each test's own allows: the sample data, absolutely, and committed. */
@Tag("branch-only")
@DisabledIfSystemProperty(named = "shop.database", matches = "container|embedded|shared")
@BranchedDatabase(value = "shop", flyway = Shop.MIGRATIONS, scope = BranchScope.METHOD)
class OwnDatabaseTest {

  @Test
  void hasTheSampleData(DataSource database) {
    assertThat(Shop.on(database).customers().count()).isEqualTo(1000);
  }

  @RepeatedTest(3) // each registers the same customer, and commits
  void beginsAnew(DataSource database) {
    Shop shop = Shop.on(database);
    assertThat(shop.customers().register("ada@example.org", "Ada").id()).isEqualTo(1001);
    assertThat(shop.customers().count()).isEqualTo(1001);
  }

  // end::own-database

  @Test
  void sellsTheLastOfASampleProduct(DataSource database) {
    Shop shop = Shop.on(database);
    long product = shop.catalog().withSku("SAMPLE-00001").orElseThrow().id();
    assertThat(shop.inventory().available(product)).isEqualTo(66);
    assertThat(shop.inventory().reserve(product, 33)).contains("BER");
    assertThat(shop.inventory().reserve(product, 33)).contains("MAD");
    assertThat(shop.inventory().reserve(product, 1)).isEmpty();
  }
}
