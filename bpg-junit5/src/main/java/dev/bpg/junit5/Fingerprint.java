package dev.bpg.junit5;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a database was made from, as text that fits a server setting: for each step its name and the
 * beginning of the SHA-256 of its content, and the same of the settings.
 *
 * @param text such as {@code schema.sql=9f86d081884c7d65;version=17}
 */
record Fingerprint(String text) {

  /** The server setting that holds it. */
  static final String SETTING = "bpg.fingerprint";

  private static final int BYTES_OF_HASH = 16;

  static Fingerprint of(List<SourceStep.Loaded> steps, int version, Map<String, String> settings) {
    Stream<String> made =
        Stream.concat(
            steps.stream().map(step -> entry(step.name(), hash(step.content()))),
            Stream.of(
                entry("version", String.valueOf(version)),
                entry("settings", hash(bytes(new TreeMap<>(settings).toString())))));
    return new Fingerprint(made.collect(Collectors.joining(";")));
  }

  /** The names of what is different, or in another place, in the other one; the own ones first. */
  String changedIn(Fingerprint other) {
    Set<String> all = new LinkedHashSet<>();
    entries().stream().filter(entry -> !other.entries().contains(entry)).forEach(all::add);
    other.entries().stream().filter(entry -> !entries().contains(entry)).forEach(all::add);
    return all.isEmpty()
        ? "the order"
        : all.stream().map(Fingerprint::name).distinct().collect(Collectors.joining(", "));
  }

  private List<String> entries() {
    return Arrays.asList(text.split(";"));
  }

  private static String entry(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/") + "=" + value;
  }

  private static String name(String entry) {
    return URLDecoder.decode(entry.replaceFirst("=.*", ""), StandardCharsets.UTF_8);
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, BYTES_OF_HASH);
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has it, says MessageDigest.
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
