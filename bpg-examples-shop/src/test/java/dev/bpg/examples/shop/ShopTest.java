package dev.bpg.examples.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bpg.examples.shop.database.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;

// tag::shop-test
/** What all tests of the shop have: the shop, on a database of the way that this run takes. */
public abstract class ShopTest {

  @RegisterExtension static final Extension DATABASE = TestDatabase.chosen().extension();

  /** The application. */
  protected Shop shop;

  /** Puts data of a test's own into it. */
  protected Given given;

  private HikariDataSource pool;

  @BeforeEach
  void open(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMinimumIdle(1);
    pool = new HikariDataSource(config);
    shop = Shop.on(pool);
    given = new Given(shop);
  }

  @AfterEach
  void close() {
    pool.close();
  }
}
// end::shop-test
