package dev.bpg.testing;

import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The Docker daemon and images that tests need. Without them a test is skipped, or fails where
 * everything has to run: with {@code BPG_REQUIRE=true}, unless {@code BPG_TEST_STORAGES} leaves out
 * all that are in Docker.
 */
public final class RealDocker {

  private static final String VARIABLE = "BPG_TEST_DOCKER";

  private RealDocker() {}

  /** The image of a major version. */
  public static String image(int major) {
    return images().stream()
        .filter(image -> image.matches(".*:" + major + "\\b.*"))
        .findFirst()
        .orElseGet(() -> missing("an image of Postgres " + major));
  }

  /** All the images, the oldest version first. */
  public static List<String> images() {
    String value = System.getenv(VARIABLE);
    return value == null || value.isBlank()
        ? List.of(missing("a Docker daemon and images of Postgres"))
        : List.of(value.strip().split("\\s+"));
  }

  private static String missing(String what) {
    String message = "needs " + what + ": set " + VARIABLE + ", or run dev/with-docker";
    boolean wanted = TestStorage.selected().stream().anyMatch(TestStorage::isInDocker);
    if (wanted && "true".equals(System.getenv("BPG_REQUIRE"))) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
    throw new AssertionError(message);
  }
}
