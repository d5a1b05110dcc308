package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.testing.PostgresHome;
import dev.bpg.testing.RealStorages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A home on a file system of its own that becomes full. */
class FullDiskTest {

  // Room for one cluster of about 40 MB and half of another one.
  private static final String SIZE = "size=72m";

  private Path mount;
  private PostgresHome home;

  @BeforeEach
  void mount() throws Exception {
    Assumptions.assumeTrue(SystemUser.isRoot(), "needs root to mount a small tmpfs");
    mount = RealStorages.anywhere();
    int status = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", mount.toString());
    Assumptions.assumeTrue(status == 0, "needs the right to mount a small tmpfs");
    home = PostgresHome.in(Files.createDirectory(mount.resolve("home")));
  }

  @AfterEach
  void unmount() throws Exception {
    if (home != null) {
      home.close();
      run("umount", mount.toString());
      Files.delete(mount);
    }
  }

  @Test
  void nothingIsLeftAndAllWorksAgainWhenThereIsSpace() throws Exception {
    try (Bpg bpg = home.open()) {
      bpg.createDatabase("api");
      Branch main = bpg.getBranch("api/main");
      PostgresHome.fill(main);
      main.restart();
      Set<String> ids = home.strays().ids();
      Path ballast = fillUp(Files.getFileStore(mount).getUsableSpace() - 8_000_000);
      assertThatThrownBy(() -> bpg.from("api/main").named("new").create())
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("HINT: ")
          .hasMessageContaining("space");
      assertThat(home.strays().find()).isEmpty();
      assertThat(home.strays().ids()).isEqualTo(ids);
      assertThat(PostgresHome.rows(main)).isEqualTo(1000);
      Files.delete(ballast);
      Branch made = bpg.from("api/main").named("new").create();
      assertThat(PostgresHome.rows(made)).isEqualTo(1000);
      made.delete();
    }
  }

  @Test
  void aDiskThatIsFullToTheLastByteIsRelievedByADeletion() throws Exception {
    try (Bpg bpg = home.open()) {
      bpg.createDatabase("api");
      PostgresHome.fill(bpg.getBranch("api/main"));
      Branch branch = bpg.from("api/main").named("old").create();
      Set<String> ids = home.strays().ids();
      Path ballast = fillUp(Long.MAX_VALUE);
      assertThatThrownBy(() -> bpg.from("api/main").named("new").create())
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("HINT: ");
      assertThat(home.strays().find()).isEmpty();
      assertThat(home.strays().ids()).isEqualTo(ids);
      branch.delete();
      assertThat(bpg.listBranches()).extracting(Branch::name).containsExactly("api/main");
      assertThat(home.strays().find()).isEmpty();
      Files.delete(ballast);
      assertThat(PostgresHome.rows(bpg.getBranch("api/main").restart())).isEqualTo(1000);
    }
  }

  private Path fillUp(long bytes) throws IOException {
    Path ballast = mount.resolve("ballast");
    byte[] block = new byte[4096];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (written < bytes) {
        out.write(block);
        written += block.length;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return ballast;
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
