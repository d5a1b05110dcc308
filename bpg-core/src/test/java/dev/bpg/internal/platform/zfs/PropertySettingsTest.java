package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertySettingsTest {

  @ParameterizedTest
  @CsvSource({
    "compression, off, 2",
    "compression, lz4, 15",
    "compression, zstd, 16",
    "compression, zstd-3, 400",
    "compression, zstd-fast-1000, 15760",
    "compression, gzip-9, 13",
    "canmount, noauto, 2",
    "atime, off, 0",
    "logbias, throughput, 1",
    "primarycache, metadata, 1",
    "recordsize, 8K, 8192",
    "recordsize, 1m, 1048576",
    "quota, none, 0",
    "refquota, 10GiB, 10737418240",
    "special_small_blocks, 0, 0",
    "checksum, sha512, 11",
    "dedup, 'sha256,verify', 264",
    "dnodesize, auto, 1"
  })
  void areNumbersForTheKernel(String name, String value, long number) {
    assertThat(PropertySettings.none().with(name, value).values())
        .containsExactly(java.util.Map.entry(name, new PropertyValue.Count(number)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "canmount|maybe|canmount cannot be \"maybe\": it is one of off, on, noauto",
        "recordsize|1000|recordsize cannot be \"1000\": it is a power of two from 512 to 16M",
        "recordsize|none|recordsize cannot be \"0\": it is a power of two from 512 to 16M",
        "recordsize|32M|recordsize cannot be \"33554432\": it is a power of two from 512 to 16M",
        "quota|many|quota cannot be \"many\": it is a number, such as 8192, 8K or none",
        "quota|99E|quota cannot be \"99E\": it is too large",
        "mountpoint|here|mountpoint cannot be \"here\": it is an absolute path, legacy or none",
        "used|1|\"used\" is no property that can be set",
        "color|red|\"color\" is no property that can be set"
      })
  void areNotWhatZfsRefuses(String name, String value, String message) {
    assertThatThrownBy(() -> PropertySettings.none().with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void ofUsersHaveAnyText() {
    PropertySettings settings = PropertySettings.none().with("bpg:id", "ä=,\n").with("bpg:e", "");
    assertThat(settings).hasToString("bpg:id=ä=,\n, bpg:e=");
    assertThatThrownBy(() -> settings.with("Bpg:id", "x"))
        .hasMessage(
            "\"Bpg:id\" cannot be a user property: it is at most 255 of a-z, 0-9, \":\", \".\","
                + " \"_\" and \"-\", with a colon");
    assertThatThrownBy(() -> settings.with("bpg:id", "x".repeat(8192)))
        .hasMessageEndingWith("it has at most 8191 bytes, none of them 0");
  }

  @Test
  void laterOnesComeFirst() {
    PropertySettings one = PropertySettings.none().with("atime", "on").with("sync", "always");
    assertThat(one.with(PropertySettings.none().with("atime", "off")))
        .hasToString("atime=off, sync=always");
    assertThat(one).hasToString("atime=on, sync=always");
  }

  @Test
  void everyChoiceIsShownByTheNameItWasSetBy() {
    for (String name : new String[] {"compression", "checksum", "dedup", "xattr", "acltype"}) {
      PropertyChoices.of(name)
          .forEach(
              (choice, number) ->
                  assertThat(PropertyChoices.of(name).get(PropertyTypes.text(name, number)))
                      .as(name + "=" + choice)
                      .isEqualTo(number));
    }
  }
}
