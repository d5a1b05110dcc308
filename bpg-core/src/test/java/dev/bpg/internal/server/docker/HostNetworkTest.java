package dev.bpg.internal.server.docker;

import dev.bpg.server.ServerRuntime;
import dev.bpg.testing.RealDocker;
import java.util.OptionalLong;

/** The rules of all runtimes with servers in the machine's own network. */
class HostNetworkTest extends DockerContract {

  @Override
  int major() {
    return 17;
  }

  @Override
  protected ServerRuntime runtime() {
    return new DockerRuntime(
        DockerTests.options(
            home(), RealDocker.image(17), DockerOptions.HOST_NETWORK, OptionalLong.empty()));
  }

  @Override
  protected String listens() {
    return "127.0.0.1";
  }
}
