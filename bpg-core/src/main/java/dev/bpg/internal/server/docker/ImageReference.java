package dev.bpg.internal.server.docker;

import dev.bpg.model.PostgresBuild;

/**
 * How the origin of a build names an image: {@code docker:<name>@<id>}. The id is the image's own,
 * so that a data folder stays with the image that made it when the name moves on to a newer one.
 *
 * @param name the name it was asked for by
 * @param id its id, {@code sha256:…}
 */
record ImageReference(String name, String id) {

  private static final String PREFIX = "docker:";
  private static final String ID = "@sha256:";

  static String origin(String name, String id) {
    return PREFIX + name + "@" + id;
  }

  /** The image of a build. */
  static java.util.Optional<ImageReference> of(PostgresBuild build) {
    String origin = build.origin();
    int at = origin.lastIndexOf(ID);
    return origin.startsWith(PREFIX) && at > 0
        ? java.util.Optional.of(
            new ImageReference(origin.substring(PREFIX.length(), at), origin.substring(at + 1)))
        : java.util.Optional.empty();
  }
}
