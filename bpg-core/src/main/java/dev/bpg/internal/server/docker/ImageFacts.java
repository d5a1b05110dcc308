package dev.bpg.internal.server.docker;

import dev.bpg.model.PostgresBuild;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of an image: the same as long as its id is the same.
 *
 * @param id the image's id, {@code sha256:…}
 * @param reference the name it was asked for by
 * @param digest the name with a digest by which it can be pulled again; empty for an image that is
 *     in no registry
 * @param uid the id of the image's user {@code postgres}
 * @param gid the id of that user's group
 * @param bin the folder of {@code postgres} and {@code initdb}
 * @param build the version of Postgres
 * @param volumes the folders for which Docker makes a volume unless something is mounted there
 */
record ImageFacts(
    String id,
    String reference,
    String digest,
    int uid,
    int gid,
    String bin,
    PostgresBuild build,
    List<String> volumes) {

  private static final String DATA = "/var/lib/postgresql/data";

  /** Where the data folder is mounted: where the image wants it, if it says so. */
  String dataTarget() {
    return volumes.isEmpty() || volumes.contains(DATA) ? DATA : volumes.get(0);
  }

  /** The folders besides the data's that would get a volume. */
  List<String> otherVolumes() {
    return volumes.stream().filter(volume -> !volume.equals(dataTarget())).toList();
  }

  /** As the lines of a file. */
  String text() {
    return Map.of(
            "id", id,
            "reference", reference,
            "digest", digest,
            "uid", Integer.toString(uid),
            "gid", Integer.toString(gid),
            "bin", bin,
            "major", Integer.toString(build.major()),
            "version", build.version(),
            "origin", build.origin(),
            "volumes", String.join(":", volumes))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  /** Reads the lines of a file; empty if they are not whole. */
  static Optional<ImageFacts> parse(String text) {
    Map<String, String> values =
        text.lines()
            .filter(line -> line.contains("="))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
    try {
      return Optional.of(
          new ImageFacts(
              required(values, "id"),
              required(values, "reference"),
              required(values, "digest"),
              Integer.parseInt(required(values, "uid")),
              Integer.parseInt(required(values, "gid")),
              required(values, "bin"),
              new PostgresBuild(
                  Integer.parseInt(required(values, "major")),
                  required(values, "version"),
                  required(values, "origin")),
              Arrays.stream(required(values, "volumes").split(":"))
                  .filter(volume -> !volume.isEmpty())
                  .toList()));
    } catch (IllegalArgumentException e) {
      // Of another version of bpg: the image is asked again.
      return Optional.empty();
    }
  }

  private static String required(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new IllegalArgumentException(name));
  }
}
