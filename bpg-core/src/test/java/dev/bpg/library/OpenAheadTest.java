package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.Library;
import dev.bpg.testing.SharedProgram;
import dev.bpg.testing.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAheadTest extends CopyContract {

  private Path folder;
  private Path home;

  @BeforeEach
  void newFolder() throws IOException {
    folder =
        Library.reachable(Files.createTempDirectory(Path.of("/var/tmp"), "bpg open ahead test "));
    home = folder.resolve("home");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    if (folder != null) { // Another storage is tested.
      Library.delete(folder);
    }
  }

  private ChildJvm start(Path used) throws IOException {
    ChildJvm child = ChildJvm.start(SharedProgram.class, home, library.cache(), used);
    child.awaitLine("begun");
    return child;
  }

  private static String goOn(ChildJvm child, String word) throws Exception {
    child.closeInput();
    String line = child.awaitLine(word);
    assertThat(child.awaitExit()).isZero();
    return line;
  }

  private void makeTemplate() throws Exception {
    try (ChildJvm child = start(home)) {
      assertThat(goOn(child, "branch")).endsWith(" 7");
    }
  }

  // What it waits for may be long in coming on a busy machine, and there is no promise.
  private String awaitWaiting() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsMatching(e -> e instanceof IOException)
        .until(() -> new HomeFiles(home).waiting(), waiting -> waiting.size() == 1)
        .get(0);
  }

  @Test
  void aBranchOfTheTemplateThatWasUsedLastWaits() throws Exception {
    makeTemplate();
    try (ChildJvm child = start(home)) {
      String waiting = awaitWaiting();

      assertThat(goOn(child, "branch")).isEqualTo(waiting + " 7");
    }
    assertThat(Traces.servers(home)).isEmpty();
  }

  @Test
  void whoeverComesBeforeItIsOpenWaitsForIt() throws Exception {
    makeTemplate();
    try (ChildJvm child = start(home)) {
      assertThat(goOn(child, "branch")).endsWith(" 7");
    }
    assertThat(new HomeFiles(home).waiting()).isEmpty();
    assertThat(Traces.servers(home)).isEmpty();
  }

  @Test
  void nothingIsMadeWhereThereIsNoHome() throws Exception {
    try (ChildJvm child = start(folder.resolve("other"))) {
      assertThat(goOn(child, "branch")).endsWith(" 7");
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void aConfigurationThatHasChangedSinceCounts() throws Exception {
    makeTemplate();
    Path other = folder.resolve("other");
    try (ChildJvm child = start(other)) {
      awaitWaiting();

      assertThat(goOn(child, "branch")).endsWith(" 7");
    }
    assertThat(new HomeFiles(home).waiting()).isEmpty();
    assertThat(Traces.servers(home)).isEmpty();
    assertThat(Traces.servers(other)).isEmpty();
  }

  @Test
  void whoeverUsesAHomeThatCannotBeOpenedIsTold() throws Exception {
    Files.createDirectories(home);
    Files.writeString(home.resolve("catalog"), "no folder");
    try (ChildJvm child = start(home)) {
      assertThat(goOn(child, "refused"))
          .startsWith("cannot use the home folder " + home)
          .contains("HINT: ");
    }
    assertThat(home.resolve("catalog")).hasContent("no folder");
  }
}
