package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Databases;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FlywaySourceTest {

  @TempDir static Path folder;

  @Test
  void migrationsInSqlAndInJavaMakeATemplate() {
    Fixtures.assertSucceeded(Fixtures.run(Migrated.class), 1);
  }

  @BranchedDatabase(
      value = "migrated",
      flyway = {"db/flyway"},
      scripts = "/db/after-flyway.sql")
  static class Migrated {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT sum(id) FROM parts")).isEqualTo(113);
      assertThat(Fixtures.number(connection, "SELECT count(*) FROM flyway_schema_history"))
          .isEqualTo(3);
    }
  }

  @Test
  void allFilesBelowALocationCountWhetherInAFolderOrAJar() throws IOException {
    ClassLoader loader = getClass().getClassLoader();
    assertThat(MigrationFiles.of("classpath:/db/flyway/", loader))
        .containsOnlyKeys("V1__parts.sql", "V2__Java_parts.class", "more/V3__more_parts.sql")
        .isEqualTo(MigrationFiles.of("db/flyway", jarOf("db/flyway/", loader)));
  }

  private static ClassLoader jarOf(String prefix, ClassLoader loader) throws IOException {
    Path jar = folder.resolve("migrations of a jar.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(prefix));
      for (String name : MigrationFiles.of(prefix, loader).keySet()) {
        out.putNextEntry(new JarEntry(prefix + name));
        loader.getResourceAsStream(prefix + name).transferTo(out);
      }
    }
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
  }

  @Test
  void changedMigrationsMakeAnotherTemplate() throws IOException {
    Files.createDirectories(OfFolder.MIGRATIONS);
    OfFolder.migration(1);
    Fixtures.assertSucceeded(Fixtures.run(OfFolder.class), 1);
    OfFolder.migration(2);
    Fixtures.assertSucceeded(Fixtures.run(OfFolder.class), 1);
    assertThat(Databases.list())
        .filteredOn(database -> database.name().startsWith("of-folder-"))
        .hasSize(2);
  }

  static class OfFolder {
    static final Path MIGRATIONS = folder.resolve("some migrations");
    private static int expected;

    @RegisterExtension
    static final BranchExtension DB =
        BranchExtension.from("of-folder").flyway("filesystem:" + MIGRATIONS).build();

    static void migration(int value) throws IOException {
      expected = value;
      Files.writeString(
          MIGRATIONS.resolve("V1__t.sql"), "CREATE TABLE t AS SELECT " + value + " AS v;");
    }

    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT v FROM t")).isEqualTo(expected);
    }
  }

  @Test
  void migrationsThatChangeWhileTheyAreReadMakeNothing() throws IOException {
    Files.createDirectories(Changing.MIGRATIONS);
    Files.writeString(Changing.FILE, "CREATE TABLE t AS SELECT 1 AS v;");
    assertThat(Fixtures.failure(Fixtures.run(Changing.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot prepare database meanwhile: one of the migrations of filesystem:"
                + Changing.MIGRATIONS
                + " changed while it was prepared from that\nHINT: run the tests again");
    assertThat(Databases.list()).noneMatch(database -> database.name().startsWith("meanwhile"));
  }

  static class Changing {
    static final Path MIGRATIONS = folder.resolve("changing");
    static final Path FILE = MIGRATIONS.resolve("V1__t.sql");

    @RegisterExtension
    static final BranchExtension DB =
        BranchExtension.from("meanwhile")
            .flyway("filesystem:" + MIGRATIONS)
            .prepare(dataSource -> Files.writeString(FILE, "CREATE TABLE t AS SELECT 2 AS v;"))
            .build();

    @Test
    void test() {}
  }

  @Test
  void aMigrationThatFailsIsShownInFlywaysWords() throws IOException {
    Files.createDirectories(Broken.MIGRATIONS);
    Files.writeString(Broken.MIGRATIONS.resolve("V1__t.sql"), "SELEKT 1;");
    assertThat(Fixtures.failure(Fixtures.run(Broken.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot migrate with Flyway filesystem:" + Broken.MIGRATIONS + ": ")
        .hasMessageContaining("syntax error at or near \"SELEKT\"")
        .hasMessageEndingWith("HINT: correct the migration");
  }

  static class Broken {
    static final Path MIGRATIONS = folder.resolve("broken");

    @RegisterExtension
    static final BranchExtension DB =
        BranchExtension.from("broken").flyway("filesystem:" + MIGRATIONS).build();

    @Test
    void test() {}
  }

  @Test
  void refusesLocationsThatItCannotRead() {
    ClassLoader loader = getClass().getClassLoader();
    assertThatThrownBy(() -> MigrationFiles.of("db/none", loader))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot read migrations of db/none: there is no file\nHINT: correct the location");
    assertThatThrownBy(() -> MigrationFiles.of("db/*/migration", loader))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read migrations of db/*/migration: it has a wildcard\n"
                + "HINT: name each folder");
    assertThatThrownBy(() -> MigrationFiles.of("filesystem:db", loader))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read migrations of filesystem:db: its path is relative, and tests run from any"
                + " folder\nHINT: make the path absolute");
    assertThatThrownBy(() -> MigrationFiles.of("s3:bucket", loader))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read migrations of s3:bucket: it is neither on the class path nor a folder\n"
                + "HINT: use one of these");
  }

  @Test
  void aMissingToolIsNamedWithItsArtifact() throws Exception {
    URL classes = OptionalTool.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader without =
        new URLClassLoader(new URL[] {classes}, new WithoutTools(getClass().getClassLoader()))) {
      assertThatThrownBy(() -> require(without, "FLYWAY"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot migrate with Flyway: it is not on the class path\n"
                  + "HINT: add org.flywaydb:flyway-database-postgresql to the tests");
      assertThatThrownBy(() -> require(without, "LIQUIBASE"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot migrate with Liquibase: it is not on the class path\n"
                  + "HINT: add org.liquibase:liquibase-core to the tests");
    }
  }

  private static void require(ClassLoader loader, String tool) throws Throwable {
    Class<?> type = loader.loadClass(OptionalTool.class.getName());
    Method require = type.getDeclaredMethod("require");
    require.setAccessible(true);
    try {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equals(tool)) {
          require.invoke(constant);
        }
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static final class WithoutTools extends ClassLoader {
    WithoutTools(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.flywaydb")
          || name.startsWith("liquibase")
          || name.startsWith("dev.bpg.junit5")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
