package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Database;
import dev.bpg.DatabaseBuilder;
import dev.bpg.internal.postgres.ControlFile;
import dev.bpg.model.CloneMethod;
import dev.bpg.testing.RealDocker;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every major version of Postgres. */
class MajorsTest extends BothKindsContract {

  private static final Path JARS = Path.of("target", "postgres-binaries");

  private static final Map<String, String> CAPACITIES =
      Map.of(
          "max_connections", "123",
          "max_worker_processes", "9",
          "max_wal_senders", "11",
          "max_prepared_transactions", "7",
          "max_locks_per_transaction", "65");

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 18})
  void isBranchedInBothModesWhileItRunsAndWhenItIsStopped(int major) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader binaries = new URLClassLoader(new URL[] {jar(major)}, before)) {
      thread.setContextClassLoader(binaries);
      try (Bpg own = Bpg.open(library.config().build())) {
        DatabaseBuilder wanted = own.newDatabase("old").version(major);
        if (storage.isInDocker()) {
          wanted.image(RealDocker.image(major));
        }
        Database old = wanted.settings(CAPACITIES).create();
        assertThat(old.version()).isEqualTo(major);
        execute(old.main(), "CREATE TABLE t AS SELECT generate_series(1, 1000) AS i");

        Branch consistent = old.branch().create();
        Branch fast = old.branch().fast().create();
        Branch temporary = fast.branch().createTemporary();
        Branch cold = consistent.stop().branch().create();

        assertThat(ControlFile.of(library.data(old.main())).capacities())
            .hasSameSizeAs(CAPACITIES)
            .allSatisfy((name, value) -> assertThat(CAPACITIES).containsEntry(name, "" + value));
        assertThat(cold.origin().method()).isEqualTo(CloneMethod.STOPPED);
        for (Branch branch : List.of(consistent.start(), fast, temporary, cold)) {
          assertThat(query(branch, "SELECT count(*) FROM t")).isEqualTo("1000");
          assertThat(query(branch, "SHOW server_version")).startsWith(major + ".");
        }
        old.delete();
      }
    } finally {
      thread.setContextClassLoader(before);
    }
    assertNothingChanged();
  }

  private static URL jar(int major) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(JARS, "*-" + major + ".*.jar")) {
      return found.iterator().next().toUri().toURL();
    }
  }
}
