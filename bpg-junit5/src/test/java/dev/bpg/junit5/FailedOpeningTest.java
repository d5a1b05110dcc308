package dev.bpg.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.error.NotFoundException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A branch that cannot be opened fails its test, and that is all. */
class FailedOpeningTest {

  private static final class Kept extends Handler {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord message) {
      messages.add(message.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void isToldByEachTestAndNotOnceMoreByJUnitsLog() {
    Kept kept = new Kept();
    Logger logger = Logger.getLogger("org.junit.jupiter.engine");
    logger.addHandler(kept);
    try {
      assertThat(Fixtures.failures(Fixtures.run(Missing.class)))
          .hasSize(2)
          .allSatisfy(failure -> assertThat(failure).isInstanceOf(NotFoundException.class));
    } finally {
      logger.removeHandler(kept);
    }
    assertThat(kept.messages).isEmpty();
  }

  @BranchedDatabase(value = "nowhere/main", scope = BranchScope.METHOD)
  static class Missing {
    @RepeatedTest(2)
    void test() {}
  }
}
