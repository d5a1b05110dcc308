package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PropertiesTest {

  private TestZfs test;
  private Properties properties;
  private DatasetName parent;
  private DatasetName child;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    properties = test.zfs().properties();
    parent = test.create("parent");
    child = parent.child("child");
    test.zfs().datasets().create(child, TestZfs.unmounted());
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void tellTheirSources() throws ZfsException {
    properties.set(
        parent,
        PropertySettings.none()
            .with("compression", "zstd-3")
            .with("recordsize", "8K")
            .with("bpg:id", "grüße, \"x\"\n"));
    PropertyList of = properties.of(child);
    assertThat(of.text("compression")).contains("zstd-3");
    assertThat(of.number("recordsize")).hasValue(8192);
    assertThat(of.get("recordsize").orElseThrow().source())
        .isEqualTo(new Source(Source.Kind.INHERITED, Optional.of(parent.value())));
    assertThat(of.text("bpg:id")).contains("grüße, \"x\"\n");
    assertThat(of.own("bpg:id")).isEmpty();
    assertThat(of.own("canmount")).contains("noauto");
    assertThat(of.get("used").orElseThrow().source().kind()).isEqualTo(Source.Kind.NONE);
    assertThat(properties.of(parent).own("bpg:id")).contains("grüße, \"x\"\n");
  }

  @Test
  void areTakenAway() throws ZfsException {
    properties.set(parent, PropertySettings.none().with("bpg:id", "a").with("atime", "off"));
    properties.clear(parent, "bpg:id");
    properties.clear(parent, "atime");
    assertThat(properties.of(parent).text("bpg:id")).isEmpty();
    assertThat(properties.of(parent).own("atime")).isEmpty();
    Errors.assertFails(
        Kind.BAD_PROPERTY,
        "cannot clear property nosuch of " + parent + ": ZFS knows no such property",
        () -> properties.clear(parent, "nosuch"));
  }

  @Test
  void thatAreRefusedAreNamed() {
    PropertySettings some =
        PropertySettings.none()
            .with("bpg:ok", "yes")
            .with("logbias", new PropertyValue.Count(9))
            .with("compression", new PropertyValue.Text("lz4"));
    ZfsException e =
        Errors.assertFails(
            Kind.BAD_PROPERTY,
            "cannot set properties of "
                + parent
                + ": the installed ZFS does not take: compression, logbias",
            () -> properties.set(parent, some));
    assertThat(e.entries()).containsOnlyKeys("compression", "logbias");
  }

  @Test
  void aQuotaIsNotBelowWhatIsUsedNorAReservationAboveWhatIsFree() throws IOException {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    Path folder = test.mount(child);
    Files.write(folder.resolve("file"), bytes);
    test.zfs().mounts().unmount(folder);
    for (String tooMuch : List.of("refquota=64K", "reservation=1E")) {
      String[] setting = tooMuch.split("=");
      ZfsException e =
          Errors.assertFails(
              Kind.NO_SPACE,
              "cannot set properties of "
                  + child
                  + ": a quota would be below what is used, or a reservation above what is free: "
                  + setting[0],
              () -> properties.set(child, PropertySettings.none().with(setting[0], setting[1])));
      assertThat(e.entries()).isEqualTo(Map.of(setting[0], 28));
    }
    properties.set(child, PropertySettings.none().with("refquota", 100L << 20));
    assertThat(properties.of(child).number("refquota")).hasValue(100L << 20);
    assertThat(properties.of(child).number("written").orElseThrow()).isGreaterThan(1 << 20);
  }

  @Test
  void areListedWithAllChildrenAndSnapshots() throws ZfsException {
    SnapshotName snapshot = test.snapshot(parent, "s");
    test.snapshot(parent, "t");
    properties.set(snapshot, PropertySettings.none().with("bpg:id", "of the snapshot"));
    for (int i = 0; i < 20; i++) {
      DatasetName each = parent.child("c" + i);
      test.zfs().datasets().create(each, TestZfs.unmounted().with("bpg:n", "" + i));
    }
    List<PropertyList> children = properties.ofChildren(parent, List.of("bpg:n"));
    assertThat(children).hasSize(21).extracting(PropertyList::name).contains(child.value());
    assertThat(children)
        .filteredOn(each -> each.name().endsWith("/c7"))
        .singleElement()
        .satisfies(each -> assertThat(each.own("bpg:n")).contains("7"));
    assertThat(properties.children(parent)).hasSize(21).contains(child);
    assertThat(properties.ofSnapshots(parent))
        .extracting(each -> each.name() + " " + each.own("bpg:id").orElse("-"))
        .containsExactlyInAnyOrder(snapshot + " of the snapshot", parent.snapshot("t") + " -");
    assertThat(properties.snapshots(child)).isEmpty();
  }

  @Test
  void areReadByName() throws ZfsException {
    PropertySettings settings = TestZfs.unmounted().with("bpg:n", "1").with("recordsize", 8192);
    test.zfs().datasets().create(parent.child("named"), settings);
    PropertyList some =
        properties.of(parent.child("named"), List.of("recordsize", "bpg:n", "bpg:not-there"));
    assertThat(some.all().keySet()).containsExactly("recordsize", "bpg:n");
    PropertyList all = properties.of(parent.child("named"));
    assertThat(some.get("recordsize")).isEqualTo(all.get("recordsize"));
    assertThat(some.get("bpg:n")).isEqualTo(all.get("bpg:n"));
  }

  @Test
  void answersLargerThanTheFirstBufferArrive() throws ZfsException {
    PropertySettings large = PropertySettings.none();
    for (int i = 0; i < 20; i++) {
      large = large.with("bpg:" + i, "x".repeat(8000));
    }
    properties.set(parent, large);
    assertThat(properties.of(parent).text("bpg:19").orElseThrow()).hasSize(8000);
    assertThat(properties.ofChildren(parent, List.of("bpg:0")).get(0).text("bpg:0").orElseThrow())
        .hasSize(8000);
  }

  @Test
  void ofAPoolSaySizeAndHealth() throws ZfsException {
    PropertyList pool = properties.ofPool(parent.pool());
    assertThat(pool.number("free").orElseThrow()).isPositive();
    assertThat(pool.number("size").orElseThrow()).isPositive();
    assertThat(pool.number("guid").orElseThrow()).isNotZero();
    assertThat(pool.number("health")).hasValue(7);
    assertThat(pool.text("readonly")).contains("off");
  }

  @Test
  void ofWhatIsNotThereAreAnError() {
    DatasetName none = parent.child("none");
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot read properties of dataset " + none + ": it does not exist",
        () -> properties.of(none));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot list datasets below " + none + ": it does not exist",
        () -> properties.children(none));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot read properties of pool nosuchpool: it does not exist",
        () -> properties.ofPool("nosuchpool"));
    Errors.assertFails(
        Kind.NOT_FOUND,
        2,
        "cannot set properties of " + none + ": it does not exist",
        () -> properties.set(none, PropertySettings.none().with("atime", "off")));
  }
}
