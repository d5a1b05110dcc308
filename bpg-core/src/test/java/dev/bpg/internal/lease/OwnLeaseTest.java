package dev.bpg.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bpg.internal.lease.Reservations.Lost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    lease.release(true);
    assertThat(files()).isEmpty();
  }

  @Test
  void otherwiseTheyAreLeftWhenItIsGone() throws IOException {
    String first = lease.nextId();
    String id = lease.get();
    lease.release(false);
    assertThat(left()).isEmpty();
    Files.delete(leases.resolve(id));
    assertThat(left()).hasSize(1);
    Lost lost = left().get(0);
    assertThat(lost.ids()).contains(first);
    assertThat(lost.isAll()).isTrue();
    reservations.forget(lost);
    assertThat(files()).isEmpty();
  }

  @Test
  void anIdForSomebodyElseIsNotLeftWhileThisOneLives() throws IOException {
    String id = lease.nextId("another");
    assertThat(written()).filteredOn(id::equals).hasSize(2);
    assertThat(left())
        .extracting(Lost::lease, Lost::isAll)
        .containsExactly(tuple("another", false));
    assertThat(left().get(0).ids()).isEmpty();
    lease.release(true);
    assertThat(left().get(0).ids()).containsExactly(id);
  }

  @Test
  void whatIsPermanentIsCrossedOutWhoeverWroteItDown() throws IOException {
    String kept = lease.nextId("another");
    String other = lease.nextId();
    lease.remove(List.of(kept));
    assertThat(written()).contains(other).doesNotContain(kept);
  }

  @Test
  void whatLiesElsewhereWaitsForWhoCanLookThere() throws IOException {
    Reservations others = new Reservations(reserved, Path.of("/here"), Optional.of("tank/volumes"));
    others.add("gone", List.of("id"));
    assertThat(left()).isEmpty();
    assertThat(others.left(lease -> false)).hasSize(1);
  }

  @Test
  void oneThatIsDamagedKeepsNoOther() throws IOException {
    Files.write(reserved.resolve("damaged.1"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.write(reserved.resolve("emptied.1"), new byte[0]);
    reservations.add("gone", List.of("id"));
    assertThat(left()).extracting(Lost::lease).containsExactly("gone");
    reservations.remove(List.of("id"));
    reservations.forget("gone");
    assertThat(files()).hasSize(2);
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
