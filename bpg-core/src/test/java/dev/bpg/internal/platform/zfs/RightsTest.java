package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.internal.platform.zfs.Snapshots.Needed;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user who is granted nothing is told. */
class RightsTest {

  private static final Path DEVICE = Path.of("/dev/zfs");

  private TestZfs test;
  private DatasetName dataset;
  private SnapshotName snapshot;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to become nobody");
    dataset = test.create("a");
    snapshot = test.snapshot(dataset, "s");
    Files.setPosixFilePermissions(DEVICE, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  private interface Body {
    void run(Zfs zfs) throws ZfsException;
  }

  private void assertRefused(String operation, String granting, Body body) throws Exception {
    ThrowingCallable refused =
        () -> {
          try {
            OtherUser.call(
                () -> {
                  body.run(Zfs.open());
                  return true;
                });
          } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
          }
        };
    ZfsException e =
        Errors.assertFails(
            Kind.NOT_PERMITTED, "cannot " + operation + ": this user may not", refused);
    assertThat(e.hint())
        .contains(
            "run it as root, or let this user do it: "
                + granting.replace("allow ", "zfs allow " + System.getProperty("user.name") + " "));
  }

  @Test
  void everyChangeThatIsRefusedSaysWhatGrantsIt() throws Exception {
    DatasetName other = test.root().child("b");
    assertRefused(
        "create dataset " + other,
        "allow create,mount " + test.root(),
        zfs -> zfs.datasets().create(other, PropertySettings.none()));
    assertRefused(
        "clone snapshot " + snapshot + " to " + other,
        "allow clone " + dataset + " && allow create,mount " + test.root(),
        zfs -> zfs.datasets().clone(snapshot, other, PropertySettings.none()));
    assertRefused(
        "destroy dataset " + dataset,
        "allow destroy,mount " + dataset,
        zfs -> zfs.datasets().destroy(dataset));
    assertRefused(
        "roll back to snapshot " + snapshot,
        "allow rollback,mount " + dataset,
        zfs -> zfs.datasets().rollback(snapshot));
    assertRefused(
        "rename dataset " + dataset + " to " + other,
        "allow rename,mount " + dataset + " && allow create,mount " + test.root(),
        zfs -> zfs.datasets().rename(dataset, other));
    assertRefused(
        "create snapshot " + dataset + "@t",
        "allow snapshot " + dataset,
        zfs -> zfs.snapshots().create(dataset.snapshot("t"), PropertySettings.none()));
    assertRefused(
        "destroy snapshot " + snapshot,
        "allow destroy,mount " + dataset,
        zfs -> zfs.snapshots().destroy(snapshot, Needed.FAIL));
    assertRefused(
        "hold snapshot " + snapshot,
        "allow hold " + dataset,
        zfs -> zfs.holds().hold(snapshot, "tag"));
    assertRefused(
        "set properties of " + dataset,
        "allow atime,userprop " + dataset,
        zfs ->
            zfs.properties()
                .set(dataset, PropertySettings.none().with("bpg:id", "x").with("atime", "off")));
    assertThat(test.zfs().properties().children(test.root())).containsExactly(dataset);
  }

  @Test
  void mountingIsForRootAlone() throws Exception {
    Path folder = test.mount(dataset);
    assertThat(OtherUser.call(() -> Zfs.open().mounts().isPermitted())).isFalse();
    ZfsException e =
        Errors.assertFails(
            Kind.NOT_PERMITTED,
            "cannot unmount " + folder + ": this user may not unmount",
            () -> {
              try {
                OtherUser.call(
                    () -> {
                      Zfs.open().mounts().unmount(folder);
                      return true;
                    });
              } catch (java.util.concurrent.ExecutionException thrown) {
                throw thrown.getCause();
              }
            });
    assertThat(e.hint())
        .contains(
            "run this as root or with CAP_SYS_ADMIN; \"zfs allow\" cannot grant mounting on Linux");
  }

  @Test
  void readingIsForAll() throws Exception {
    assertThat(OtherUser.call(() -> Zfs.open().properties().of(dataset).text("canmount")))
        .contains("noauto");
    assertThat(OtherUser.call(() -> Zfs.open().properties().children(test.root())))
        .containsExactly(dataset);
  }
}
