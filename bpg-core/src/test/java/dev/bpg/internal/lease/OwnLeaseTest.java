package dev.bpg.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.lease.Reservations.Lost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnLeaseTest {

  @TempDir Path leases;
  @TempDir Path reserved;
  private Reservations reservations;
  private OwnLease lease;

  @BeforeEach
  void take() {
    reservations = new Reservations(reserved, Path.of("/here"), Optional.empty());
    lease =
        new OwnLease(
            new Leases(leases), reservations, () -> UUID.randomUUID().toString(), taken -> {});
  }

  @Test
  void anIdIsWrittenDownBeforeItIsGivenOut() throws IOException {
    for (int i = 0; i < 250; i++) {
      String id = lease.nextId();
      assertThat(written()).contains(id);
    }
    assertThat(files()).hasSizeLessThan(10);
  }

  @Test
  void whenItEndsInGoodOrderItsIdsAreForgotten() throws IOException {
    lease.nextId();
    lease.release(true, List.of("anothers"));
    assertThat(files()).isEmpty();
  }

  @Test
  void theyStayWhileABranchThatAnotherLeaseTookOverHasOne() throws IOException {
    String taken = lease.nextId();
    lease.release(true, List.of(taken));
    assertThat(left()).hasSize(1);
    assertThat(left().get(0).ids()).contains(taken);
  }

  @Test
  void theyAreLeftWhenItIsGoneAndDidNotEndInGoodOrder() throws IOException {
    String first = lease.nextId();
    String id = lease.get();
    lease.release(false, List.of());
    assertThat(left()).isEmpty();
    Files.delete(leases.resolve(id));
    assertThat(left()).hasSize(1);
    assertThat(left().get(0).ids()).contains(first);
    reservations.forget(left().get(0));
    assertThat(files()).isEmpty();
  }

  @Test
  void whatIsPermanentIsCrossedOut() throws Exception {
    String kept = lease.nextId();
    String other = lease.nextId();
    reservations.remove(List.of(kept, "another"));
    assertThat(written()).contains(other).doesNotContain(kept);
    assertThat(files()).hasSize(1);
  }

  @Test
  void ofTwoThatCrossOutAtOnceNeitherBringsTheOthersBack() throws Exception {
    List<String> kept = new ArrayList<>();
    List<Callable<Void>> crossings = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String id = lease.nextId();
      kept.add(id);
      crossings.add(
          () -> {
            reservations.remove(List.of(id));
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (Future<Void> done : threads.invokeAll(crossings)) {
      done.get();
    }
    threads.shutdown();
    assertThat(written()).hasSizeGreaterThan(50).doesNotContainAnyElementsOf(kept);
  }

  @Test
  void whatLiesElsewhereWaitsForWhoCanLookThere() throws IOException {
    Reservations others = new Reservations(reserved, Path.of("/here"), Optional.of("tank/volumes"));
    others.add("gone", List.of("id"));
    assertThat(left()).isEmpty();
    assertThat(others.left(lease -> false)).hasSize(1);
  }

  @Test
  void oneThatIsDamagedKeepsNoOtherFromBeingFound() throws IOException {
    Files.write(reserved.resolve("damaged.1"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.write(reserved.resolve("emptied.1"), new byte[0]);
    reservations.add("gone", List.of("id"));
    assertThat(left()).extracting(Lost::ids).containsExactly(List.of("id"));
  }

  private List<Lost> left() throws IOException {
    return reservations.left(new Leases(leases)::exists);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(reserved)) {
      return files.toList();
    }
  }

  private List<String> written() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files()) {
      text.append(Files.readString(file));
    }
    return text.toString().lines().toList();
  }
}
