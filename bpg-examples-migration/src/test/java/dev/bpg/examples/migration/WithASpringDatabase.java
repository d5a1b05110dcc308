package dev.bpg.examples.migration;

import static io.zonky.test.db.AutoConfigureEmbeddedDatabase.DatabaseProvider.EMBEDDED;
import static io.zonky.test.db.AutoConfigureEmbeddedDatabase.RefreshMode.AFTER_EACH_TEST_METHOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.AutoConfigureEmbeddedDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Before. Compiled, and not run: there is no application here. */
// tag::before
@SpringBootTest
@AutoConfigureEmbeddedDatabase(provider = EMBEDDED, refresh = AFTER_EACH_TEST_METHOD)
class WithASpringDatabase {

  @Autowired JdbcClient jdbc;

  @Test
  void pays() {
    assertThat(jdbc.sql("UPDATE orders SET paid = true WHERE id = 7").update()).isEqualTo(1);
  }
}
// end::before
