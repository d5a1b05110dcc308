package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.bpg.Bpg;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Testcontainers' annotations start and stop it. */
class AnnotationsTest {

  private final Bpg bpg = Bpg.shared();

  @BeforeEach
  void makeParent() {
    RealDocker.image(17);
    Api.in(bpg);
  }

  @Test
  void startAndStopIt() throws Exception {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Orders.class))
        .execute()
        .testEvents()
        .assertStatistics(all -> all.succeeded(1).failed(0));
    assertThat(Api.items(bpg.getBranch("api/main"))).containsExactly("1");
    Api.awaitNoBranches(bpg);
  }
}
