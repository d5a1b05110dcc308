package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.error.BpgException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.storage.FolderRemoval;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import dev.bpg.testing.Faults;
import dev.bpg.testing.Faults.Kind;
import dev.bpg.testing.Operation;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Strays;
import dev.bpg.testing.WiredHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A refresh of a protected database, with a failure at each of its steps in turn. */
@Tag("sweep")
class RefreshFaultsTest {

  private static final BranchName BEFORE = Operation.MAIN.sibling("before");

  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = RealStorages.inMemory();
  }

  @AfterEach
  void removeFolder() throws Exception {
    FolderRemoval.remove(folder);
  }

  @Test
  void whateverFailsTheMainBranchIsThereAndProtected() throws Exception {
    int promoted = 0;
    for (int step = 1; ; step++) {
      Faults faults = new Faults(Kind.FAIL, step);
      WiredHome home = WiredHome.ofFiles(folder, faults);
      BranchRecord old = protectedMain(home.engine());
      faults.arm();
      Throwable failure = refresh(home.engine(), old);
      faults.disarm();
      String what = "failed at " + faults.where();
      BranchRecord main = home.engine().branches().get(Operation.MAIN);
      assertThat(main.policy().isProtected()).as(what).isTrue();
      promoted += failure != null && !main.id().equals(old.id()) ? 1 : 0;
      if (!faults.struck()) {
        assertThat(failure).isNull();
        assertThat(main.id()).isNotEqualTo(old.id());
        assertThat(promoted).as("failures that came after the promotion").isPositive();
        home.close();
        return;
      }
      deleteAll(home);
      assertThat(new Strays(folder).find()).as(what).isEmpty();
    }
  }

  private static BranchRecord protectedMain(Engine engine) {
    BranchRecord main = engine.createDatabase(request(Operation.MAIN));
    engine.policies().protect(main, true);
    return engine.branches().get(Operation.MAIN);
  }

  private static @Nullable Throwable refresh(Engine engine, BranchRecord main) {
    try {
      engine.refreshDatabase(main, request(BEFORE));
      return null;
    } catch (BpgException e) {
      return e;
    }
  }

  private void deleteAll(WiredHome home) throws Exception {
    home.close();
    WiredHome next = WiredHome.ofFiles(folder, Faults.none());
    next.recover();
    for (BranchRecord record : next.engine().branches().list()) {
      next.engine().policies().protect(record, false);
    }
    next.engine().deletions().database(Operation.MAIN.database());
    next.close();
  }

  private static DatabaseRequest request(BranchName name) {
    return new DatabaseRequest(
        name,
        OptionalInt.empty(),
        Optional.empty(),
        ServerSettings.none(),
        VolumeProperties.none(),
        SpaceLimits.none(),
        List.of(),
        List.of());
  }
}
