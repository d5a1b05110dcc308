package dev.bpg.library;

import static org.awaitility.Awaitility.await;

import dev.bpg.Bpg;
import dev.bpg.BranchPool;
import dev.bpg.TemporaryBranch;
import dev.bpg.model.PoolLimits;
import dev.bpg.testing.Library;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of one pool, in which one branch waits. */
abstract class PoolContract extends LibraryContract {

  static final PoolLimits LIMITS =
      PoolLimits.defaults().withReserve(0).withAhead(1).withIdle(Duration.ofMinutes(5));

  Bpg own;
  BranchPool pool;

  @BeforeEach
  void takeASnapshot() {
    bpg.getBranch(Library.SHOP).snapshot("ready");
    own = Bpg.open(library.config().build());
    pool = own.pool(own.from(Library.SHOP).snapshot("ready"), LIMITS);
  }

  @AfterEach
  void everythingGoesWithItsBpg() throws IOException {
    if (own != null) {
      own.close();
      bpg.listSnapshots().forEach(dev.bpg.Snapshot::delete);
      assertNothingChanged();
    }
  }

  /** One that waited. */
  TemporaryBranch waiting() throws IOException {
    pool.take().close();
    await().until(() -> !new HomeFiles(library.home()).waiting().isEmpty());
    return pool.take();
  }
}
