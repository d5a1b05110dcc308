package dev.bpg.internal.platform.zfs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of the choices of properties, by the tables of {@code zfs_prop.c}, the same on every
 * version that has them. Where two names have one number, the first is the one that is shown.
 */
final class PropertyChoices {

  private static final int ZIO_COMPRESS_ZSTD = 16;
  // ZIO_COMPLEVEL_ZSTD(): the level above the bits of the algorithm.
  private static final int SPA_COMPRESSBITS = 7;
  private static final int ZIO_ZSTD_LEVEL_FAST_1 = 103;
  private static final int[] ZSTD_FAST = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 500, 1000
  };
  private static final long ZIO_CHECKSUM_VERIFY = 1 << 8;

  private static final Map<String, Map<String, Long>> TABLE = table();

  private PropertyChoices() {}

  /** The names and numbers; empty for a property that is no choice. */
  static Map<String, Long> of(String property) {
    return TABLE.getOrDefault(property, Map.of());
  }

  static Optional<String> name(String property, long number) {
    return of(property).entrySet().stream()
        .filter(choice -> choice.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, Map<String, Long>> table() {
    Map<String, Map<String, Long>> table = new LinkedHashMap<>();
    for (String onOff :
        "atime relatime devices exec setuid readonly zoned vscan nbmand overlay utf8only longname"
            .split(" ")) {
      table.put(onOff, choices("off", "on"));
    }
    table.put("defer_destroy", choices("off", "on"));
    table.put("canmount", choices("off", "on", "noauto"));
    table.put("logbias", choices("latency", "throughput"));
    table.put("sync", choices("standard", "always", "disabled"));
    table.put("snapdir", choices("hidden", "visible", "disabled"));
    table.put("snapdev", choices("hidden", "visible"));
    table.put("primarycache", choices("none", "metadata", "all"));
    table.put("secondarycache", table.get("primarycache"));
    table.put("prefetch", table.get("primarycache"));
    table.put("redundant_metadata", choices("all", "most", "some", "none"));
    table.put("direct", choices("disabled", "standard", "always"));
    table.put("dnodesize", dnodeSizes());
    table.put("copies", numbered("1", 1, "2", 2, "3", 3));
    table.put("xattr", choices("off", "dir", "sa"));
    table.put("acltype", numbered("off", 0, "posix", 1, "posixacl", 1, "nfsv4", 2));
    table.put("checksum", checksums());
    table.put("dedup", deduplications());
    table.put("compression", compressions());
    return Map.copyOf(table);
  }

  private static Map<String, Long> choices(String... names) {
    Map<String, Long> choices = new LinkedHashMap<>();
    for (String name : names) {
      choices.put(name, (long) choices.size());
    }
    return choices;
  }

  private static Map<String, Long> numbered(Object... namesAndNumbers) {
    Map<String, Long> choices = new LinkedHashMap<>();
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      choices.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).longValue());
    }
    return choices;
  }

  private static Map<String, Long> dnodeSizes() {
    return numbered(
        "legacy", 0, "auto", 1, "1k", 1024, "2k", 2048, "4k", 4096, "8k", 8192, "16k", 16384);
  }

  private static Map<String, Long> checksums() {
    return numbered(
        "on",
        1,
        "off",
        2,
        "fletcher2",
        6,
        "fletcher4",
        7,
        "sha256",
        8,
        "noparity",
        10,
        "sha512",
        11,
        "skein",
        12,
        "edonr",
        13,
        "blake3",
        14);
  }

  private static Map<String, Long> deduplications() {
    Map<String, Long> checksums = checksums();
    Map<String, Long> choices = numbered("on", 1, "off", 2, "verify", 1 | ZIO_CHECKSUM_VERIFY);
    for (String name : new String[] {"sha256", "sha512", "skein", "edonr", "blake3"}) {
      if (!name.equals("edonr")) {
        choices.put(name, checksums.get(name));
      }
      choices.put(name + ",verify", checksums.get(name) | ZIO_CHECKSUM_VERIFY);
    }
    return choices;
  }

  private static Map<String, Long> compressions() {
    Map<String, Long> choices =
        numbered(
            "on",
            1,
            "off",
            2,
            "lzjb",
            3,
            "gzip",
            10,
            "zle",
            14,
            "lz4",
            15,
            "zstd",
            ZIO_COMPRESS_ZSTD);
    for (int level = 1; level <= 9; level++) {
      choices.put("gzip-" + level, 4L + level);
    }
    for (int level = 1; level <= 19; level++) {
      choices.put("zstd-" + level, zstd(level));
    }
    choices.put("zstd-fast", zstd(ZIO_ZSTD_LEVEL_FAST_1));
    for (int i = 0; i < ZSTD_FAST.length; i++) {
      choices.put("zstd-fast-" + ZSTD_FAST[i], zstd(ZIO_ZSTD_LEVEL_FAST_1 + i));
    }
    return choices;
  }

  private static long zstd(int level) {
    return ZIO_COMPRESS_ZSTD | (long) level << SPA_COMPRESSBITS;
  }
}
