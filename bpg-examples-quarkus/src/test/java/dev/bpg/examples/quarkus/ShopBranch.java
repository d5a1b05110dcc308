package dev.bpg.examples.quarkus;

import dev.bpg.Branch;
import dev.bpg.Databases;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the application a branch of the shop for as long as its tests run. */
// tag::resource
public class ShopBranch implements QuarkusTestResourceLifecycleManager {

  private @Nullable TemporaryBranch branch;

  @Override
  public Map<String, String> start() {
    String schema = schema();
    Template shop = Databases.named("shop").initialSql("shop.sql", schema).template(schema);
    branch = shop.branch().createTemporary();
    branch.mark("start");
    return Map.of(
        "quarkus.datasource.jdbc.url", branch.getJdbcUrl(),
        "quarkus.datasource.username", branch.getUsername(),
        "quarkus.datasource.password", branch.getPassword());
  }

  @Override
  public void stop() {
    if (branch != null) {
      branch.close();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(branch, new TestInjector.MatchesType(Branch.class));
  }

  // end::resource

  private static String schema() {
    try (InputStream in = ShopBranch.class.getResourceAsStream("/shop.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
