package dev.bpg.testcontainers;

import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.utility.DockerImageName;

/**
 * The daemon and images that tests need. Without them a test is skipped, or fails where everything
 * has to run: with {@code BPG_REQUIRE=true}.
 */
final class RealDocker {

  private static final String VARIABLE = "BPG_TEST_DOCKER";

  private RealDocker() {}

  /** The image of a major version. */
  static DockerImageName image(int major) {
    String images = System.getenv().getOrDefault(VARIABLE, "");
    return Arrays.stream(images.strip().split("\\s+"))
        .filter(image -> image.matches(".*:" + major + "\\b.*"))
        .findFirst()
        .map(DockerImageName::parse)
        .orElseGet(() -> missing("an image of Postgres " + major, VARIABLE));
  }

  /** A folder that the daemon does not see. */
  static String hidden() {
    String folder = System.getenv("BPG_TEST_DOCKER_HIDDEN");
    return folder == null
        ? missing("a folder that the daemon does not see", "BPG_TEST_DOCKER_HIDDEN")
        : folder;
  }

  private static <T> T missing(String what, String variable) {
    String message = "needs " + what + ": set " + variable + ", or run dev/with-docker";
    if ("true".equals(System.getenv("BPG_REQUIRE"))) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
    throw new AssertionError(message);
  }
}
