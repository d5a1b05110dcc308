package dev.bpg.config;

import dev.bpg.error.RefusedException;
import dev.bpg.model.VolumeProperties;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** The rules for what is said of ZFS. */
final class ZfsKeys {

  static final String DATASET_HINT =
      "use the name of a dataset on a pool that exists, such as tank/bpg/databases";

  static final Property RECORDSIZE =
      new Property(
          "recordsize",
          VolumeProperties.RECORD_SIZES,
          (properties, value) -> properties.withRecordSize(value.fewBytes()));
  static final Property COMPRESSION =
      new Property(
          "compression",
          VolumeProperties.COMPRESSIONS,
          (properties, value) -> properties.withCompression(value.text()));
  static final Property ATIME =
      new Property(
          "atime",
          "use on or off",
          (properties, value) -> properties.withAccessTimes(value.onOrOff()));

  // zfs(8): letters, digits and these; a pool's name begins with a letter.
  private static final Pattern DATASET =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9_.: -]*(/[a-zA-Z0-9_.: -]+)*");
  // ZFS ends names at 255 bytes; ours add an id and the name of a snapshot.
  private static final int LONGEST = 200;

  /**
   * A key that one database may have too.
   *
   * @param key its last part
   * @param hint what it allows
   * @param setter puts a value into properties
   */
  record Property(
      String key,
      String hint,
      BiFunction<VolumeProperties, ConfigValue, VolumeProperties> setter) {}

  private ZfsKeys() {}

  static List<Property> properties() {
    return List.of(RECORDSIZE, COMPRESSION, ATIME);
  }

  /** The property of a key such as {@code zfs.atime}. */
  static Optional<Property> property(String key) {
    return properties().stream()
        .filter(property -> key.equals("zfs." + property.key()))
        .findFirst();
  }

  static String checkDataset(String dataset) {
    boolean valid =
        DATASET.matcher(dataset).matches()
            && dataset.length() <= LONGEST
            && !List.of(dataset.split("/")).contains(".")
            && !List.of(dataset.split("/")).contains("..");
    if (!valid) {
      throw new RefusedException(
          "use the dataset",
          Quoted.of(dataset),
          Quoted.of(dataset) + " is not a name that ZFS allows for one",
          DATASET_HINT);
    }
    return dataset;
  }

  /** Refuses what is said of ZFS and would reach nothing, and ZFS without a dataset. */
  static void check(BpgConfigBuilder builder) {
    boolean tuned =
        !builder.zfs.equals(VolumeProperties.none())
            || builder.databases.values().stream()
                .anyMatch(database -> !database.zfs().equals(VolumeProperties.none()));
    if (builder.zfsDataset == null && (tuned || builder.storage == StorageType.ZFS)) {
      throw new RefusedException(
          "configure",
          "the storage zfs",
          "there is no dataset for its volumes",
          "set zfs.dataset to one, such as tank/bpg/databases");
    }
    boolean other = builder.storage != StorageType.AUTO && builder.storage != StorageType.ZFS;
    if (builder.zfsDataset != null && other) {
      throw new RefusedException(
          "configure",
          "the dataset " + builder.zfsDataset,
          "storage.type names another storage than zfs",
          "take away what is said of ZFS, or set storage.type to zfs");
    }
  }
}
