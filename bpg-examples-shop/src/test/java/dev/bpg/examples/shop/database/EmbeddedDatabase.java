package dev.bpg.examples.shop.database;

import dev.bpg.examples.shop.Shop;
import io.zonky.test.db.postgres.embedded.FlywayPreparer;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

// tag::embedded
/**
 * The embedded Postgres of zonky, as its README has it: one server for the run, in which Flyway
 * prepares a template; each test, or class, gets a copy. The next one is made in the background.
 */
final class EmbeddedDatabase implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private final PreparedDbExtension prepared =
      EmbeddedPostgresExtension.preparedDatabase(
          FlywayPreparer.forClasspathLocation(Shop.MIGRATIONS));
  private final boolean ofEachTest;

  EmbeddedDatabase(boolean ofEachTest) {
    this.ofEachTest = ofEachTest;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (!ofEachTest) {
      prepared.beforeAll(context); // As in a static field.
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    prepared.beforeEach(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DataSource.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return prepared.getTestDatabase();
  }
}
// end::embedded
