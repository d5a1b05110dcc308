package dev.bpg.testcontainers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.bpg.model.ContainerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What bpg wants of a container, put into what Testcontainers is about to make. Everything is in
 * one order in all processes, for a container that is used again is known by it.
 */
final class Specification {

  private static final String LOOPBACK = "127.0.0.1";

  private final ContainerSpec wanted;

  Specification(ContainerSpec wanted) {
    this.wanted = wanted;
  }

  /**
   * Puts it in.
   *
   * @param host the name by which Testcontainers reaches published ports
   */
  void applyTo(CreateContainerCmd container, String host) {
    HostConfig config =
        Optional.ofNullable(container.getHostConfig()).orElseGet(HostConfig::newHostConfig);
    container
        .withName(wanted.name())
        .withImage(wanted.image())
        .withUser(wanted.user())
        .withEntrypoint(wanted.command())
        .withCmd(List.of())
        .withEnv(environment(container))
        .withStopSignal(wanted.stopSignal())
        .withStopTimeout(wanted.stopSeconds())
        .withLabels(labels(container))
        .withHostConfig(config.withMounts(mounts(config)).withUsernsMode(wanted.userNamespace()));
    if (config.getShmSize() == null) {
      config.withShmSize(wanted.shmSize());
    }
    publishLocally(config, host);
  }

  private List<String> environment(CreateContainerCmd container) {
    Map<String, String> environment = new TreeMap<>(wanted.environment());
    for (String entry : Optional.ofNullable(container.getEnv()).orElse(new String[0])) {
      String[] pair = entry.split("=", 2);
      environment.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    return environment.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  // Testcontainers adds its own afterwards, so the map has to take them.
  private Map<String, String> labels(CreateContainerCmd container) {
    Map<String, String> labels =
        new TreeMap<>(Optional.ofNullable(container.getLabels()).orElse(Map.of()));
    labels.putAll(wanted.labels());
    return labels;
  }

  private List<Mount> mounts(HostConfig config) {
    List<Mount> mounts = new ArrayList<>(Optional.ofNullable(config.getMounts()).orElse(List.of()));
    for (ContainerSpec.Mount mount : wanted.mounts()) {
      mounts.add(
          new Mount()
              .withType(MountType.BIND)
              .withSource(mount.source())
              .withTarget(mount.target())
              .withReadOnly(mount.readOnly()));
    }
    for (String folder : wanted.emptyFolders()) {
      mounts.add(new Mount().withType(MountType.TMPFS).withTarget(folder));
    }
    return mounts;
  }

  // Where this machine is the daemon's, nobody else has to reach the server: see docs/security.md.
  private void publishLocally(HostConfig config, String host) {
    Ports ports = config.getPortBindings();
    ExposedPort port = ExposedPort.tcp(wanted.port());
    boolean local = host.equals("localhost") || host.equals(LOOPBACK);
    if (!local || ports == null) {
      return;
    }
    Binding[] bindings = ports.getBindings().get(port);
    if (bindings != null && Arrays.stream(bindings).allMatch(Binding.empty()::equals)) {
      ports.getBindings().put(port, new Binding[] {Binding.bindIp(LOOPBACK)});
    }
  }
}
