package dev.bpg.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.UnavailableException;
import dev.bpg.model.SourceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientProgramsTest {

  private @TempDir Path folder;

  private Path program(String place, String script) throws IOException {
    Path file = Files.createDirectories(folder.resolve(place)).resolve("pg_dump");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.getParent();
  }

  private Path version(String version) throws IOException {
    return program(version, "echo 'pg_dump (PostgreSQL) " + version + " (of a test)'");
  }

  @Test
  void theOneOfThePreferredMajorComesFirstAndThenTheNewest() throws Exception {
    Path broken = program("broken", "exit 1");
    Path foreign = program("foreign", "exit 1");
    Files.write(foreign.resolve("pg_dump"), new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 3});
    ClientPrograms programs =
        ClientPrograms.in(version("14.2"), broken, foreign, version("17.1"), version("16.3"));

    assertThat(programs.find("pg_dump", 16, "dump", "it"))
        .extracting(ClientProgram::version)
        .containsExactly("16.3", "17.1", "14.2");
    assertThat(programs.find("pg_dump", 13, "dump", "it"))
        .extracting(ClientProgram::toString)
        .containsExactly("pg_dump 17.1", "pg_dump 16.3", "pg_dump 14.2");
  }

  @Test
  void aMissingProgramIsNamedWithThePlacesWhereItWasLookedFor() {
    assertThatThrownBy(
            () -> ClientPrograms.in(folder).find("pg_dump", 17, "dump", "the server at x"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot dump the server at x: it takes Postgres' program pg_dump, and there is none in ["
                + folder
                + "]\nHINT: install the client programs of Postgres, such as the package"
                + " postgresql-client");
  }

  @Test
  void aLinkToAProgramOfAnotherNameIsNoProgram() throws Exception {
    Path wrapper = folder.resolve("wrapper");
    Files.writeString(wrapper, "#!/bin/sh\n");
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(folder.resolve("pg_dump"), wrapper);

    assertThatThrownBy(() -> ClientPrograms.in(folder).find("pg_dump", 17, "dump", "it"))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void aServerIsDumpedByNothingOlder() throws Exception {
    SourceServer source = SourceServer.of("postgresql://ann:secret@host/shop");
    List<ClientProgram> found =
        ClientPrograms.in(version("14.2"), version("16.3"), version("17.1"))
            .find("pg_dump", 14, "dump", "it");

    assertThat(ServerDump.atLeast(14, found, "dump", source).major()).isEqualTo(14);
    assertThat(ServerDump.atLeast(15, found, "dump", source).major()).isEqualTo(17);
    assertThatThrownBy(() -> ServerDump.atLeast(18, found, "dump", source))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot dump postgresql://ann@host:5432/shop: it runs Postgres 18, and what is here is"
                + " only pg_dump 14.2, pg_dump 17.1, pg_dump 16.3\n"
                + "HINT: install the client programs of Postgres 18 or newer");
  }

  @Test
  void linesAreToldAsTheyComeAndOnlyThoseThatMatterAreKept() throws Exception {
    Path bin =
        program(
            "run",
            "echo 'pg_dump: reading tables'; echo 'pg_dump: error: no'; echo \"$SECRET $PGUSER\";"
                + " exit 3");
    ClientProgram program = new ClientProgram("pg_dump", bin.resolve("pg_dump"), 17, "17.1");
    List<String> lines = new ArrayList<>();

    ClientRun.Result result =
        new ClientRun(program, folder).run(List.of(), Map.of("SECRET", "s"), lines::add);

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.output()).isEqualTo("pg_dump: error: no\ns ");
    assertThat(lines).containsExactly("pg_dump: reading tables", "pg_dump: error: no", "s ");
    assertThat(folder.resolve("pg_dump.log")).doesNotExist();
  }

  @Test
  void whatAListenerThrowsEndsTheProgram() throws Exception {
    Path bin = program("long", "echo begun; exec sleep 600");
    ClientProgram program = new ClientProgram("pg_dump", bin.resolve("pg_dump"), 17, "17.1");
    IllegalStateException enough = new IllegalStateException("enough");
    long before = System.nanoTime();

    assertThatThrownBy(
            () ->
                new ClientRun(program, folder)
                    .run(
                        List.of(),
                        Map.of(),
                        line -> {
                          throw enough;
                        }))
        .isSameAs(enough);
    assertThat(System.nanoTime() - before).isLessThan(60_000_000_000L);
  }
}
