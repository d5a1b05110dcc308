package dev.bpg.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnLeaseTest {

  @TempDir Path leases;
  @TempDir Path reserved;
  private OwnLease lease;

  @BeforeEach
  void take() {
    lease =
        new OwnLease(
            new Leases(leases),
            new Reservations(reserved),
            () -> UUID.randomUUID().toString(),
            taken -> {});
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
  void otherwiseTheyAreForgottenWhenItIsGone() throws IOException {
    lease.nextId();
    String id = lease.get();
    lease.release(false);
    Reservations reservations = new Reservations(reserved);
    assertThat(reservations.sweep(new Leases(leases)::exists)).isEmpty();
    assertThat(files()).hasSize(1);
    Files.delete(leases.resolve(id));
    assertThat(reservations.sweep(new Leases(leases)::exists)).isEmpty();
    assertThat(files()).isEmpty();
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
