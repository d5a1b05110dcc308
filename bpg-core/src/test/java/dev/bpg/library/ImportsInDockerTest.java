package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Branch;
import dev.bpg.DatabaseBuilder;
import dev.bpg.model.SourceServer;
import dev.bpg.testing.ClientTools;
import dev.bpg.testing.ReplicatingServer;
import dev.bpg.testing.TestStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to fill a database by client programs of this machine, into a server in a container. */
class ImportsInDockerTest extends LibraryContract {

  @Override
  protected TestStorage storage() {
    return TestStorage.anyInDocker();
  }

  private Branch source() throws Exception {
    Branch source = ClientTools.dumpable(library, "source").create().main();
    execute(source, "CREATE TABLE bills AS SELECT generate_series(1, 3000) AS id");
    return source;
  }

  private DatabaseBuilder of(String program) throws Exception {
    return ClientTools.ofMajor(library, "api", ClientTools.require(program).major());
  }

  @Test
  void aDumpIsRestored(@TempDir Path folder) throws Exception {
    Path dump = folder.resolve("the shop.dump");
    ClientTools.dump(source(), "-Fc", "-f", dump.toString());

    assertIsWhole(of("pg_restore").fromDump(dump).create().main());
  }

  @Test
  void anSqlDatabaseOfARunningServerIsCopied() throws Exception {
    Branch source = source();
    SourceServer server =
        SourceServer.of(source.getJdbcUrl())
            .withUser(source.getUsername())
            .withPassword(source.getPassword());

    assertIsWhole(of("pg_dump").fromServer(server).create().main());
  }

  @Test
  void aWholeRunningServerIsCopied() throws Exception {
    try (ReplicatingServer production = ReplicatingServer.start(library)) {
      production.execute("CREATE TABLE bills AS SELECT generate_series(1, 3000) AS id");

      assertIsWhole(of("pg_basebackup").fromBackupOf(production.source()).create().main());
    }
  }

  private static void assertIsWhole(Branch main) throws Exception {
    assertThat(query(main, "SELECT max(id) FROM bills")).isEqualTo("3000");
    assertThat(query(main.branch().create(), "SELECT max(id) FROM bills")).isEqualTo("3000");
    assertThat(query(main.restart(), "SELECT max(id) FROM bills")).isEqualTo("3000");
  }
}
