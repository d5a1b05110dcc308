package dev.bpg.internal.storage.zfs;

import dev.bpg.internal.platform.zfs.DatasetName;
import dev.bpg.internal.platform.zfs.PropertyList;
import dev.bpg.internal.platform.zfs.PropertySettings;
import dev.bpg.internal.platform.zfs.Source;
import dev.bpg.model.BranchId;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.SpaceUsage;
import dev.bpg.model.VolumeProperties;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A dataset in the place of a volume, as it was at one moment.
 *
 * @param name its full name
 * @param properties what ZFS says of it
 */
record VolumeDataset(DatasetName name, PropertyList properties) {

  static final VolumeProperties DEFAULTS =
      VolumeProperties.none().withRecordSize(8192).withCompression("lz4").withAccessTimes(false);

  // Neither of these is mounted by ZFS itself, and both are inherited as they are.
  private static final Set<String> NOT_MOUNTED = Set.of("none", "legacy");

  private static final List<String> INHERITED =
      List.of("mountpoint", "recordsize", "compression", "atime");

  /** What there is to know of one. */
  static final List<String> PROPERTIES =
      List.of(
          Tags.ID,
          "origin",
          "recordsize",
          "compression",
          "atime",
          "mountpoint",
          "quota",
          "reservation",
          "written",
          "referenced");

  /** Whether it carries the tag of this volume. Of datasets below it, the tag is inherited. */
  boolean isTagged(BranchId id) {
    return properties.own(Tags.ID).filter(id.value()::equals).isPresent();
  }

  /** How it is laid out; ZFS's default where nobody says anything. */
  VolumeProperties layout() {
    return new VolumeProperties(
        OptionalInt.of((int) properties.number("recordsize").orElse(128 << 10)),
        Optional.of(properties.text("compression").orElse("on")),
        Optional.of(hasAccessTimes()));
  }

  boolean hasAccessTimes() {
    return !properties.text("atime").orElse("on").equals("off");
  }

  SpaceLimits limits() {
    return new SpaceLimits(positive("quota"), positive("reservation"));
  }

  private OptionalLong positive(String property) {
    OptionalLong value = properties.number(property);
    return value.orElse(0) > 0 ? value : OptionalLong.empty();
  }

  // What ZFS calls "used" includes what a volume shares with the branches made of it, which would
  // stay. What was written since the last snapshot, the origin included, is what would go.
  SpaceUsage space() {
    OptionalLong written = properties.number("written");
    return new SpaceUsage(written.orElse(0), properties.number("referenced").orElse(0), written);
  }

  /** Whether it is laid out so, and what is below it is so by itself and mounted nowhere. */
  boolean fits(VolumeProperties layout) {
    return NOT_MOUNTED.contains(properties.text("mountpoint").orElse("default"))
        && layout().equals(layout);
  }

  /**
   * What a clone is made with: nothing, if this one takes everything from the dataset above, for
   * that saves a transaction group. From its origin a clone takes nothing.
   */
  PropertySettings settingsOfClone(BranchId id) {
    return INHERITED.stream().noneMatch(this::isItsOwn)
        ? PropertySettings.none()
        : settings(id, layout());
  }

  private boolean isItsOwn(String property) {
    return properties
        .get(property)
        .map(found -> found.source().kind())
        .filter(kind -> kind == Source.Kind.LOCAL || kind == Source.Kind.RECEIVED)
        .isPresent();
  }

  /** The part of the settings that says how files are laid out. */
  static PropertySettings settings(VolumeProperties layout) {
    return PropertySettings.none()
        .with("recordsize", layout.recordSize().orElseThrow())
        .with("compression", layout.compression().orElseThrow())
        .with("atime", layout.accessTimes().orElseThrow() ? "on" : "off");
  }

  /**
   * What a dataset is made with that takes nothing from above.
   *
   * @param layout nothing of it empty
   */
  static PropertySettings settings(BranchId id, VolumeProperties layout) {
    return settings(layout)
        .with(Tags.ID, id.value())
        // Neither "zfs mount -a" at boot nor a renaming of what is above touches such a dataset.
        .with("mountpoint", "legacy")
        .with("canmount", "noauto");
  }
}
