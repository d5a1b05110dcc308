package dev.bpg.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.DatabaseBuilder;
import dev.bpg.TemporaryBranch;
import dev.bpg.config.BpgConfig;
import dev.bpg.config.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a CI service does that keeps the home folder from one run for the next, on a new machine.
 */
class CachedHomeTest {

  private final AtomicInteger preparations = new AtomicInteger();
  private static Path cache;
  private Path folder;
  private Path home;

  @BeforeAll
  static void makeCache() throws IOException {
    cache = newFolder();
  }

  @AfterAll
  static void deleteCache() throws Exception {
    run("rm", "-rf", cache.toString());
  }

  private static Path newFolder() throws IOException {
    Path made = Files.createTempDirectory(Path.of("/var/tmp"), "bpg cache ");
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @BeforeEach
  void makeFolder() throws IOException {
    folder = newFolder();
    home = folder.resolve("home");
  }

  @AfterEach
  void deleteFolder() throws Exception {
    run("rm", "-rf", folder.toString());
  }

  @Test
  void hasItsTemplatesWhenItComesBack() throws Exception {
    assertThat(openCents(home)).isEqualTo(5500);

    run("tar", "-C", folder.toString(), "-czf", folder.resolve("home.tar.gz").toString(), "home");
    run("rm", "-rf", home.toString());
    run("tar", "-C", folder.toString(), "-xzf", folder.resolve("home.tar.gz").toString());

    assertThat(openCents(home)).isEqualTo(5500);
    assertThat(preparations).hasValue(1);
  }

  /** An archive that knows no owners, unpacked by root, gives root all of it. */
  @Test
  void needsNothingButItsServersOwnerBack() throws Exception {
    assertThat(openCents(home)).isEqualTo(5500);
    String owner = Files.getOwner(home).getName();
    String server;
    try (Stream<Path> files = Files.walk(home.resolve("volumes"), 2)) {
      Path data = files.filter(file -> file.endsWith("data")).findFirst().orElseThrow();
      server = Files.getOwner(data).getName();
    }
    run("chown", "-R", owner, home.toString());

    run("sh", "-c", "chown -R " + server + ": '" + home + "'/volumes/*/data");

    assertThat(openCents(home)).isEqualTo(5500);
    assertThat(preparations).hasValue(1);
  }

  @Test
  void hasThemInAnotherPlaceToo() throws Exception {
    assertThat(openCents(home)).isEqualTo(5500);
    Files.move(home, folder.resolve("other"));

    assertThat(openCents(folder.resolve("other"))).isEqualTo(5500);
    assertThat(preparations).hasValue(1);
  }

  private long openCents(Path where) throws Exception {
    BpgConfig config =
        BpgConfig.builder().home(where).processCache(cache).storage(StorageType.COPY).build();
    try (Bpg bpg = Bpg.open(config)) {
      DatabaseBuilder shop =
          bpg.newDatabase("shop")
              .initialSql(Path.of("src/test/resources/schema.sql"))
              .prepare(db -> preparations.incrementAndGet());
      try (TemporaryBranch branch = shop.template("orders").branch().createTemporary();
          Connection connection = branch.dataSource().getConnection()) {
        return new Orders(connection).openCents();
      }
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
      assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
