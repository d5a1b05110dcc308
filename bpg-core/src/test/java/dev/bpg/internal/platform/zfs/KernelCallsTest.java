package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that the kernel does not come back from; here they wait for a latch instead. */
@Timeout(60)
class KernelCallsTest {

  private static final Operation OPERATION =
      new Operation("destroy dataset", "tank/a", new DatasetName("tank/a"));

  private final CountDownLatch pool = new CountDownLatch(1);
  private final KernelCalls calls = new KernelCalls(Duration.ofSeconds(1));
  // For what ends by itself, however slow the machine is.
  private final KernelCalls patient = calls.withTimeout(Duration.ofMinutes(1));

  @AfterEach
  void resume() {
    pool.countDown();
  }

  private Boolean awaitPool() {
    while (true) {
      try {
        pool.await();
        return true;
      } catch (InterruptedException e) {
        // As the kernel: not before it is done.
        continue;
      }
    }
  }

  @Test
  void aCallThatHangsEndsWithoutAnOutcome() {
    Errors.assertFails(
        Kind.OUTCOME_UNKNOWN,
        "cannot destroy dataset tank/a: the kernel has not answered within 1 s; it may do it yet,"
            + " so the outcome is unknown",
        () -> calls.call(OPERATION, this::awaitPool));
  }

  @Test
  void whatComesWhenNobodyWaitsAnyMoreIsDiscarded() {
    AtomicBoolean discarded = new AtomicBoolean();
    KernelCall.Discardable resource = () -> discarded.set(true);
    Errors.assertFails(
        Kind.OUTCOME_UNKNOWN,
        "cannot destroy dataset tank/a: the kernel has not answered within 1 s; it may do it yet,"
            + " so the outcome is unknown",
        () ->
            calls.call(
                OPERATION,
                () -> {
                  awaitPool();
                  return resource;
                }));
    assertThat(discarded).isFalse();
    pool.countDown();
    await().atMost(Duration.ofSeconds(30)).untilTrue(discarded);
  }

  @Test
  void aCallIsNotBegunWhenTooManyHang() {
    for (int i = 0; i < 64; i++) {
      new Thread(
              () ->
                  org.assertj.core.api.Assertions.catchThrowable(
                      () ->
                          calls
                              .withTimeout(Duration.ofMinutes(1))
                              .call(OPERATION, this::awaitPool)))
          .start();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> threads() == 64);
    AtomicBoolean begun = new AtomicBoolean();
    Errors.assertFails(
        Kind.NOT_BEGUN,
        "cannot destroy dataset tank/a: it was not begun, for 64 other calls wait for the kernel's"
            + " answer",
        () -> calls.run(OPERATION, () -> begun.set(true)));
    pool.countDown();
    await().until(() -> pool.getCount() == 0 && !begun.get());
  }

  private static long threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("bpg-zfs"))
        .filter(
            thread ->
                java.util.Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getMethodName().equals("awaitPool")))
        .count();
  }

  @Test
  void anInterruptionIsKeptForAfterTheCall() throws InterruptedException {
    AtomicReference<Boolean> result = new AtomicReference<>();
    AtomicBoolean status = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                result.set(
                    calls
                        .withTimeout(Duration.ofMinutes(1))
                        .call(
                            OPERATION,
                            () -> {
                              begun.countDown();
                              return awaitPool();
                            }));
              } catch (ZfsException e) {
                throw new AssertionError(e);
              }
              status.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    begun.await();
    caller.interrupt();
    pool.countDown();
    caller.join();
    assertThat(result.get()).isTrue();
    assertThat(status).isTrue();
  }

  @Test
  void whatACallThrowsArrives() {
    IllegalStateException thrown = new IllegalStateException();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    patient.run(
                        OPERATION,
                        () -> {
                          throw thrown;
                        })))
        .isSameAs(thrown);
    ZfsException e =
        Errors.assertFails(
            Kind.OTHER,
            12,
            "cannot destroy dataset tank/a: Cannot allocate memory",
            () ->
                patient.run(
                    OPERATION,
                    () -> {
                      throw ZfsCodes.failed("nvlist_alloc", 12);
                    }));
    assertThat(e.getCause()).hasMessage("nvlist_alloc: Cannot allocate memory (errno 12)");
  }
}
