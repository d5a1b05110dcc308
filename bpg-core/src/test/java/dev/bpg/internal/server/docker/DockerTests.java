package dev.bpg.internal.server.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Options that tests change as they need. */
final class DockerTests {

  private static final long SHM = 64L << 20;

  private DockerTests() {}

  static DockerOptions options(Path home, String image) {
    return options(home, image, "bridge", OptionalLong.empty());
  }

  static DockerOptions options(Path home, String image, String network, OptionalLong memory) {
    return new DockerOptions(
        home,
        Optional.of(image),
        network,
        memory,
        OptionalLong.empty(),
        SHM,
        Map.of("BPG_TEST_VARIABLE", "seen"),
        List.of());
  }
}
