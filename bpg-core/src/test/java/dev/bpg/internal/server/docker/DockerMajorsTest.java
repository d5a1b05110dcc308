package dev.bpg.internal.server.docker;

import dev.bpg.testing.Ability;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of all runtimes on every major version but the one that has a test of its own. */
@ParameterizedClass(name = "Postgres {0}")
@ValueSource(ints = {14, 15, 16, 18})
@Ability("Postgres 14, 15, 16, 17 and 18")
class DockerMajorsTest extends DockerContract {

  @Parameter int major;

  @Override
  int major() {
    return major;
  }
}
