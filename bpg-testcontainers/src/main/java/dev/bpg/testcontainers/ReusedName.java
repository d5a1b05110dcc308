package dev.bpg.testcontainers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The name of the branch of a container that is used again: the same for the same configuration, in
 * any process.
 */
final class ReusedName {

  private static final int DIGITS = 16;

  private ReusedName() {}

  /**
   * The name for a container.
   *
   * @param configuration what makes it another one beside what Testcontainers is about to make
   */
  static String of(CreateContainerCmd container, List<?> configuration) {
    HostConfig host = container.getHostConfig();
    List<?> parts =
        List.of(
            configuration,
            Objects.toString(container.getImage()),
            Arrays.toString(sorted(container.getEnv())),
            Arrays.toString(container.getCmd()),
            Objects.toString(container.getWorkingDir()),
            Objects.toString(
                container.getLabels() == null ? null : new TreeMap<>(container.getLabels())),
            host == null ? "" : describe(host));
    return "reuse-" + digest(parts.toString()).substring(0, DIGITS);
  }

  private static String describe(HostConfig host) {
    return List.of(
            Objects.toString(host.getNetworkMode()),
            Arrays.toString(host.getBinds()),
            Objects.toString(host.getPrivileged()),
            Objects.toString(host.getShmSize()),
            Objects.toString(host.getTmpFs() == null ? null : new TreeMap<>(host.getTmpFs())),
            Arrays.toString(host.getExtraHosts()),
            host.getPortBindings() == null
                ? ""
                : Arrays.toString(
                    host.getPortBindings().toPrimitive().entrySet().stream()
                        .map(Object::toString)
                        .sorted()
                        .toArray()))
        .toString();
  }

  private static String[] sorted(String[] values) {
    String[] copy = values == null ? new String[0] : values.clone();
    Arrays.sort(copy);
    return copy;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
