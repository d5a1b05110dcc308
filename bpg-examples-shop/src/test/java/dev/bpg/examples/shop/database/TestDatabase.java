package dev.bpg.examples.shop.database;

import dev.bpg.examples.shop.Shop;
import dev.bpg.junit5.BranchExtension;
import dev.bpg.junit5.BranchScope;
import java.util.Locale;
import org.junit.jupiter.api.extension.Extension;

/**
 * The ways to give the tests a database. {@code -Dshop.database=container} picks one; {@code
 * -Dshop.scope=method} gives each test its own where the way can, rather than each class.
 */
public enum TestDatabase {

  /** A branch of a template that Flyway made once on this machine: the default. */
  BRANCH {
    // tag::branch
    @Override
    Extension extension(boolean ofEachTest) {
      return BranchExtension.from("shop")
          .flyway(Shop.MIGRATIONS)
          .scope(ofEachTest ? BranchScope.METHOD : BranchScope.CLASS)
          .build();
    }
    // end::branch
  },

  /** A container with Testcontainers, emptied before each test. */
  CONTAINER {
    @Override
    Extension extension(boolean ofEachTest) {
      return new ContainerDatabase();
    }
  },

  /** A copy of a database that Flyway made at the start of this run, in one embedded server. */
  EMBEDDED {
    @Override
    Extension extension(boolean ofEachTest) {
      return new EmbeddedDatabase(ofEachTest);
    }
  },

  /** One database for the whole run: nothing is isolated, so nothing is faster. */
  SHARED {
    @Override
    Extension extension(boolean ofEachTest) {
      return new SharedDatabase();
    }
  };

  abstract Extension extension(boolean ofEachTest);

  /** The way that this run takes. */
  public static TestDatabase chosen() {
    return valueOf(System.getProperty("shop.database", "branch").toUpperCase(Locale.ROOT));
  }

  /** What gives tests that way's {@code DataSource}. */
  public Extension extension() {
    return extension(System.getProperty("shop.scope", "class").equals("method"));
  }
}
