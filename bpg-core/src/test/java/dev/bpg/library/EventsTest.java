package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Branch;
import dev.bpg.Snapshot;
import dev.bpg.error.NotFoundException;
import dev.bpg.event.BpgEvent;
import dev.bpg.event.BpgEvent.Kind;
import dev.bpg.event.Subscription;
import dev.bpg.testing.Library;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest extends BothKindsContract {

  private final List<BpgEvent> events = new CopyOnWriteArrayList<>();
  private Subscription subscription;

  @BeforeEach
  void listen() {
    subscription = bpg.addListener(events::add);
  }

  @AfterEach
  void endListening() {
    if (subscription != null) {
      subscription.close();
    }
  }

  @Test
  void everythingThatIsDoneIsToldInOrderWithItsDuration() {
    Branch dev = bpg.from(Library.SHOP).named("dev").fast().create();
    Snapshot snapshot = dev.snapshot("one");
    snapshot.delete();
    dev.stop();
    dev.start();
    dev.restart();
    dev.delete();

    assertTold(
        "BRANCH_CREATED shop/dev",
        "SNAPSHOT_TAKEN " + snapshot.id(),
        "SNAPSHOT_DELETED " + snapshot.id(),
        "SERVER_STOPPED shop/dev",
        "SERVER_STARTED shop/dev",
        "SERVER_RESTARTED shop/dev",
        "BRANCH_DELETED shop/dev");
    assertThat(events)
        .allSatisfy(event -> assertThat(event.took()).isBetween(Duration.ZERO, Duration.ofHours(1)))
        .allMatch(event -> !event.failed() && event.id().isPresent());
    assertThat(events.get(0).id()).contains(dev.id());
  }

  @Test
  void aDatabaseAndWhatGoesWithItIsToldTheDeepestFirst() {
    bpg.createDatabase("api").branch().named("dev").fast().create().branch().named("a").create();
    bpg.deleteDatabase("api");

    assertTold(
        "DATABASE_CREATED api",
        "BRANCH_CREATED api/dev",
        "BRANCH_CREATED api/a",
        "BRANCH_DELETED api/a",
        "BRANCH_DELETED api/dev",
        "DATABASE_DELETED api");
  }

  @Test
  void temporaryAndExpiredBranchesAreToldWhenTheyAreGone() {
    Branch temporary;
    try (var branch = bpg.from(Library.SHOP).fast().createTemporary()) {
      temporary = branch;
    }
    awaitTold("BRANCH_DELETED " + temporary.name());
    Branch expiring = parent();
    expiring.expireAfter(Duration.ofMillis(1));
    awaitTold("BRANCH_EXPIRED " + expiring.name());
  }

  @Test
  void whatFailsIsToldWithWhy() {
    assertThatThrownBy(() -> bpg.from("shop/none").create()).isInstanceOf(NotFoundException.class);

    awaitTold("BRANCH_CREATED shop/none");
    assertThat(events.get(0).failure().orElseThrow()).isInstanceOf(NotFoundException.class);
  }

  @Test
  void whatDoesNothingIsNotTold() {
    Branch branch = parent().start();
    branch.stop().stop();

    assertTold("BRANCH_CREATED " + branch.name(), "SERVER_STOPPED " + branch.name());
  }

  @Test
  void aListenerThatThrowsDoesNoHarm() {
    try (Subscription bad =
        bpg.addListener(
            event -> {
              throw new IllegalStateException("on purpose");
            })) {
      Branch branch = parent();
      branch.delete();
      assertTold("BRANCH_CREATED " + branch.name(), "BRANCH_DELETED " + branch.name());
    }
  }

  @Test
  void aSlowListenerDelaysNoOperationAndAClosedOneHearsNothing() {
    CountDownLatch released = new CountDownLatch(1);
    List<Kind> heard = new CopyOnWriteArrayList<>();
    Subscription slow =
        bpg.addListener(
            event -> {
              heard.add(event.kind());
              Awaitility.await()
                  .atMost(Duration.ofMinutes(1))
                  .until(() -> released.getCount() == 0);
            });
    Branch branch = parent();
    branch.stop();
    assertThat(branch.isRunning()).isFalse();
    Awaitility.await().until(() -> heard.size() == 1);
    slow.close();
    released.countDown();

    assertTold("BRANCH_CREATED " + branch.name(), "SERVER_STOPPED " + branch.name());
    assertThat(heard).containsExactly(Kind.BRANCH_CREATED);
    assertThat(bpg.droppedEvents()).isZero();
  }

  private void assertTold(String... expected) {
    Awaitility.await().until(() -> events.size() >= expected.length);
    assertThat(told()).containsExactly(expected);
  }

  private void awaitTold(String event) {
    Awaitility.await().until(() -> told().contains(event));
  }

  private List<String> told() {
    return events.stream().map(event -> event.kind() + " " + event.subject()).toList();
  }
}
