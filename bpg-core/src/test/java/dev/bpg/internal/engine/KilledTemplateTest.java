package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Bpg;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import dev.bpg.config.StorageType;
import dev.bpg.testing.ChildJvm;
import dev.bpg.testing.Faults.Kind;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.TemplateProgram;
import dev.bpg.testing.TestStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other JVMs that make a template: one that is killed meanwhile, and several at once. */
class KilledTemplateTest {

  private static final int PROCESSES = 4;

  private PostgresHome home;

  @BeforeEach
  void makeHome() throws IOException {
    assumeTrue(TestStorage.COPY.isSelected(), "BPG_TEST_STORAGES leaves it out");
    home = PostgresHome.on(StorageType.COPY);
  }

  @AfterEach
  void deleteHome() throws IOException {
    if (home != null) {
      home.close();
    }
  }

  private ChildJvm child(Kind kind, String step) throws IOException {
    return ChildJvm.start(TemplateProgram.class, home.folder(), home.cache(), kind, step);
  }

  private static Template template(Bpg bpg) {
    return bpg.newDatabase("items").initialSql(TemplateProgram.SQL).template("v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after start#1", "before stop#1", "after stop#1", "after cloneVolume#1"})
  void whoeverComesNextCompletesIt(String step) throws Exception {
    // Opened before, so that nothing is recovered by the opening.
    try (Bpg bpg = home.open()) {
      try (ChildJvm child = child(Kind.HALT, step)) {
        child.awaitLine("ready");
        child.closeInput();
        assertThat(child.awaitExit()).isEqualTo(137);
      }
      home.awaitUnlocked();

      Template template = template(bpg);

      assertThat(template.database().main().isRunning()).isFalse();
      assertThat(template.database().main().snapshots()).hasSize(1);
      try (TemporaryBranch branch = template.branch().createTemporary()) {
        assertThat(PostgresHome.rows(branch)).isEqualTo(1000);
      }
    }
    try (Bpg opened = home.open()) {
      assertThat(home.strays().find()).isEmpty();
      assertThat(opened.listDatabases()).hasSize(1);
    }
  }

  @Test
  void severalProcessesAtOnceMakeOne() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(child(Kind.NONE, "#0"));
      }
      for (ChildJvm child : children) {
        child.awaitLine("ready");
      }
      for (ChildJvm child : children) {
        child.closeInput();
      }
      List<String> snapshots = new ArrayList<>();
      for (ChildJvm child : children) {
        snapshots.add(child.awaitLine("snapshot"));
      }
      try (Bpg bpg = home.open()) {
        assertThat(snapshots).containsOnly(template(bpg).snapshot().id());
        assertThat(bpg.listSnapshots()).hasSize(1);
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }
}
