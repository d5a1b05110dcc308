package dev.bpg.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

  @TempDir Path folder;

  @Test
  void excludesAnotherHolderOfTheSameProcess() throws IOException {
    try (LockFile held = LockFile.tryLock(file(), false).orElseThrow()) {
      assertThat(LockFile.tryLock(file(), false)).isEmpty();
      assertThat(LockFile.tryLock(file(), true)).isEmpty();
      held.close();
      LockFile.tryLock(file(), false).orElseThrow().close();
    }
  }

  @Test
  void letsSharedHoldersBeTogether() throws IOException {
    try (LockFile one = LockFile.tryLock(file(), true).orElseThrow();
        LockFile two = LockFile.tryLock(file(), true).orElseThrow()) {
      assertThat(one).isNotSameAs(two);
      assertThat(LockFile.tryLock(file(), false)).isEmpty();
    }
  }

  @Test
  void isHandedToWhoWaits() throws Exception {
    LockFile held = LockFile.lock(file(), false);
    AtomicReference<LockFile> second = new AtomicReference<>();
    Thread waiter = waiting(second);
    waiter.start();
    await().until(() -> waiter.getState() == Thread.State.WAITING);
    assertThat(second.get()).isNull();
    held.close();
    waiter.join();
    second.get().close();
  }

  @Test
  void isNotTakenByAWaiterThatWasInterrupted() throws Exception {
    LockFile held = LockFile.lock(file(), false);
    AtomicReference<LockFile> second = new AtomicReference<>();
    Thread waiter = waiting(second);
    waiter.start();
    await().until(() -> waiter.getState() == Thread.State.WAITING);
    waiter.interrupt();
    waiter.join();
    assertThat(second.get()).isNull();
    held.close();
    LockFile.lock(file(), false).close();
  }

  @Test
  void isNeverHeldTwiceWhileHoldersDeleteTheFile() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 50; n++) {
                  try (LockFile lock = LockFile.lock(file(), false)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    lock.deleteFile();
                  } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
    assertThat(file()).doesNotExist();
  }

  @Test
  void saysThatAFileIsGoneWhenOnlyAnExistingOneWillDo() throws Exception {
    assertThat(LockFile.tryLockExisting(file())).isEmpty();
    assertThat(LockFile.lockExisting(file())).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @Test
  void namesTheFileThatCannotBeOpened() {
    Path impossible = folder.resolve("missing").resolve("lock");
    assertThatThrownBy(() -> LockFile.lock(impossible, false))
        .hasMessage("open(" + impossible + "): No such file or directory (errno 2)");
  }

  private Thread waiting(AtomicReference<LockFile> result) {
    return new Thread(
        () -> {
          try {
            result.set(LockFile.lock(file(), false));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private Path file() {
    return folder.resolve("lock");
  }
}
