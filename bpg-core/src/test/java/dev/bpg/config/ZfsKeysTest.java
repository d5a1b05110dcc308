package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.model.VolumeProperties;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZfsKeysTest {

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everyKeyReachesItsValue() {
    BpgConfig config =
        process.load(
            """
            storage: {type: zfs}
            zfs:
              dataset: tank/bpg/databases
              recordsize: 16k
              compression: zstd-3
              atime: on
            databases:
              api:
                zfs:
                  recordsize: 131072
              web.zfs.atime: off
              web.zfs.compression: off
            """);

    assertThat(config.storage()).isEqualTo(StorageType.ZFS);
    assertThat(config.zfsDataset()).contains("tank/bpg/databases");
    VolumeProperties all =
        VolumeProperties.none()
            .withRecordSize(16384)
            .withCompression("zstd-3")
            .withAccessTimes(true);
    assertThat(config.zfs()).isEqualTo(all);
    assertThat(config.database("other").zfs()).isEqualTo(all);
    assertThat(config.database("api").zfs()).isEqualTo(all.withRecordSize(131072));
    assertThat(config.database("web").zfs())
        .isEqualTo(all.withCompression("off").withAccessTimes(false));
  }

  @Test
  void variablesAndPropertiesReplaceThem() {
    process.variables.put("BPG_ZFS_DATASET", "tank/a");
    process.variables.put("BPG_ZFS_RECORDSIZE", "1M");
    process.properties.put("bpg.zfs.dataset", "tank/b");
    process.properties.put("bpg.databases.api.zfs.atime", "on");

    BpgConfig config = process.load("zfs: {dataset: tank/c, recordsize: 8k}");

    assertThat(config.zfsDataset()).contains("tank/b");
    assertThat(config.zfs()).isEqualTo(VolumeProperties.none().withRecordSize(1 << 20));
    assertThat(config.database("api").zfs().accessTimes()).contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/tank",
        "tank/",
        "tank//a",
        "1tank/a",
        "tank/a@b",
        "tank/a#b",
        "tank/../a",
        "tank/ä",
        "tank/%recv",
        "tank/a,b"
      })
  void refusesWhatCannotBeADataset(String name) {
    assertThatThrownBy(() -> process.builder().zfsDataset(name))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the dataset \"%s\": \"%s\" is not a name that ZFS allows for one\n"
                + "HINT: use the name of a dataset on a pool that exists, such as"
                + " tank/bpg/databases",
            name, name);
  }

  @Test
  void refusesADatasetWhoseVolumesWouldHaveNamesThatAreTooLong() {
    assertThatThrownBy(() -> process.builder().zfsDataset("tank/" + "a".repeat(200)))
        .isInstanceOf(RefusedException.class);
    assertThat(process.builder().zfsDataset("tank/" + "a".repeat(195)).build().zfsDataset())
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "recordsize, 9k, 9216 is not a power of two from 512 to 16M",
    "recordsize, 256, 256 is not a power of two from 512 to 16M",
    "recordsize, 32M, 33554432 is not a power of two from 512 to 16M",
    "recordsize, 0, 0 is not a power of two from 512 to 16M",
    "recordsize, large, '\"large\" is not a size'",
    "recordsize, -8k, '\"-8k\" is not a size'",
    "recordsize, 999999999M, '\"999999999M\" is not a size of that kind'",
    "compression, zip, '\"zip\" is not a method of ZFS'",
    "compression, zstd-20, '\"zstd-20\" is not a method of ZFS'",
    "atime, maybe, '\"maybe\" is not on or off'"
  })
  void refusesValuesThatAreNotAllowed(String key, String value, String reason) {
    for (String place : new String[] {"zfs.", "databases.api.zfs."}) {
      String yaml = "zfs.dataset: tank/a\n" + place + key + ": " + value;
      assertThatThrownBy(() -> process.load(yaml))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              "cannot read configuration key %s%s in %s, line 2: %s\nHINT: use ",
              place, key, process.file(), reason);
    }
  }

  @Test
  void refusesZfsWithoutADataset() {
    String message =
        "cannot configure the storage zfs: there is no dataset for its volumes\n"
            + "HINT: set zfs.dataset to one, such as tank/bpg/databases";
    for (String yaml :
        new String[] {
          "storage.type: zfs", "zfs.recordsize: 8k", "databases: {api: {zfs: {atime: on}}}"
        }) {
      assertThatThrownBy(() -> process.load(yaml))
          .isInstanceOf(RefusedException.class)
          .hasMessage(message);
    }
  }

  @Test
  void refusesADatasetThatAnotherStorageWouldNotUse() {
    assertThatThrownBy(() -> process.load("storage.type: btrfs\nzfs.dataset: tank/a"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot configure the dataset tank/a: storage.type names another storage than zfs\n"
                + "HINT: take away what is said of ZFS, or set storage.type to zfs");
  }

  @Test
  void namesTheNearestKey() {
    assertThatThrownBy(() -> process.load("zfs: {record_size: 8k}"))
        .hasMessageEndingWith("there is no such key\nHINT: did you mean zfs.recordsize?");
    assertThatThrownBy(() -> process.load("databases: {api: {zfs: {atme: on}}}"))
        .hasMessageEndingWith("there is no such key\nHINT: did you mean databases.api.zfs.atime?");
    assertThatThrownBy(() -> process.load("databases: {api: {zfs: 8k}}"))
        .hasMessageEndingWith(
            "it is a section and has no value of its own\nHINT: set one of the keys below it:"
                + " databases.api.zfs.recordsize, databases.api.zfs.compression,"
                + " databases.api.zfs.atime");
  }
}
