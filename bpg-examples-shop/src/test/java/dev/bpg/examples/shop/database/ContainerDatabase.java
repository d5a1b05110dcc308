package dev.bpg.examples.shop.database;

import dev.bpg.examples.shop.Shop;
import dev.bpg.examples.shop.sql.Sql;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

// tag::container
/**
 * A container for each class, with the durability off that tests do without, as Testcontainers
 * starts it. Flyway fills it once; before each test all but the reference data is taken out.
 */
final class ContainerDatabase
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

  private static final String TABLES =
      """
      SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT IN ('flyway_schema_history', 'countries',
        'tax_rates', 'warehouses', 'carriers', 'shipping_rates')
      """;

  @Override
  public void beforeAll(ExtensionContext context) {
    PostgreSQLContainer container =
        new PostgreSQLContainer(
            DockerImageName.parse(System.getProperty("shop.image", "postgres:17"))
                .asCompatibleSubstituteFor("postgres"));
    store(context).put("container", container);
    container.start();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(container.getJdbcUrl());
    source.setUser(container.getUsername());
    source.setPassword(container.getPassword());
    Flyway.configure().dataSource(source).locations(Shop.MIGRATIONS).load().migrate();
    String tables = Sql.on(source).get(row -> row.getString(1), TABLES);
    store(context).put("truncate", "TRUNCATE " + tables + " RESTART IDENTITY");
    store(context).put("source", source);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Sql.on(store(context).get("source", DataSource.class))
        .update(store(context).get("truncate", String.class));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    store(context).get("container", PostgreSQLContainer.class).stop();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DataSource.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).get("source", DataSource.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(ContainerDatabase.class));
  }
}
// end::container
