package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiquibaseSourceTest {

  private static final String CHANGE_LOG = "db/liquibase/changelog.xml";

  @Test
  void aChangeLogMakesATemplate() {
    Fixtures.assertSucceeded(Fixtures.run(Changed.class), 1);
  }

  @BranchedDatabase(value = "changed", liquibase = CHANGE_LOG)
  static class Changed {
    @Test
    void test(Connection connection) throws SQLException {
      assertThat(Fixtures.number(connection, "SELECT sum(id) FROM wheels")).isEqualTo(111);
      assertThat(Fixtures.number(connection, "SELECT count(*) FROM databasechangelog"))
          .isEqualTo(3);
    }
  }

  @Test
  void allThatAChangeLogIncludesAndReadsCounts(@TempDir Path folder) throws IOException {
    List<String> names = List.of("changelog.xml", "included.sql", "wheels.sql", "wheels.csv");
    for (String name : names) {
      copy(name, folder);
    }
    Set<String> hashes = new HashSet<>();
    hashes.add(hash(folder));
    assertThat(hash(folder)).isIn(hashes);
    append(folder, "changelog.xml", "<!-- more -->");
    hashes.add(hash(folder));
    append(folder, "included.sql", "INSERT INTO wheels VALUES (2);\n");
    hashes.add(hash(folder));
    append(folder, "wheels.sql", "INSERT INTO wheels VALUES (20);\n");
    hashes.add(hash(folder));
    append(folder, "wheels.csv", "200\n");
    hashes.add(hash(folder));
    assertThat(hashes).hasSize(5);
  }

  private static void copy(String name, Path folder) throws IOException {
    Path target = folder.resolve("db/liquibase").resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream in = LiquibaseSourceTest.class.getResourceAsStream("/db/liquibase/" + name)) {
      Files.copy(in, target);
    }
  }

  private static void append(Path folder, String name, String text) throws IOException {
    Files.writeString(
        folder.resolve("db/liquibase").resolve(name), text, StandardOpenOption.APPEND);
  }

  private static String hash(Path folder) throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, new OnlyLiquibase())) {
      return LiquibaseRun.hash(CHANGE_LOG, loader);
    }
  }

  /** Finds the classes of all, and resources of Liquibase only. */
  private static final class OnlyLiquibase extends ClassLoader {
    OnlyLiquibase() {
      super(LiquibaseSourceTest.class.getClassLoader());
    }

    @Override
    public URL getResource(String name) {
      return name.startsWith("db/") ? null : super.getResource(name);
    }

    @Override
    public java.util.Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("db/")
          ? java.util.Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }

  @Test
  void aChangeLogThatCannotBeReadIsShownInLiquibasesWords() {
    assertThatThrownBy(() -> LiquibaseRun.hash("db/none.xml", getClass().getClassLoader()))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot migrate with Liquibase db/none.xml: ")
        .hasMessageContaining("db/none.xml")
        .hasMessageEndingWith("HINT: correct the change log");
  }
}
