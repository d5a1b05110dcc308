package dev.bpg.examples.shop.database;

import dev.bpg.examples.shop.Shop;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

// tag::shared
/** One embedded server with one database, which the first test starts and Flyway fills. */
final class SharedDatabase implements ParameterResolver {

  private record Running(EmbeddedPostgres server) implements AutoCloseable {

    static Running start() {
      try {
        Running running = new Running(EmbeddedPostgres.start());
        Flyway.configure().dataSource(running.source()).locations(Shop.MIGRATIONS).load().migrate();
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    DataSource source() {
      return server.getPostgresDatabase();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DataSource.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedDatabase.class))
        .getOrComputeIfAbsent("server", key -> Running.start(), Running.class)
        .source();
  }
}
// end::shared
