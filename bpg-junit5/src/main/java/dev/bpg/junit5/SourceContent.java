package dev.bpg.junit5;

import dev.bpg.DatabaseBuilder;
import dev.bpg.error.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** What fills a template, as it was when it was read. */
final class SourceContent {

  private final List<SourceStep> steps;
  private final List<SourceStep.Loaded> loaded = new ArrayList<>();
  private final Class<?> testClass;

  private SourceContent(List<SourceStep> steps, Class<?> testClass) {
    this.steps = steps;
    this.testClass = testClass;
    steps.forEach(step -> loaded.add(step.load(testClass)));
  }

  /** Reads all of it. */
  static SourceContent read(List<SourceStep> steps, Class<?> testClass) {
    return new SourceContent(steps, testClass);
  }

  Fingerprint fingerprint() {
    return Fingerprint.of(loaded);
  }

  /** Has a new database filled with it, which fails if it is changed meanwhile. */
  void addTo(DatabaseBuilder database, String name) {
    loaded.forEach(step -> step.addTo().to(database));
    if (steps.stream().anyMatch(SourceStep::isReadAgain)) {
      database.prepare(dataSource -> refuseChanges(name));
    }
  }

  private void refuseChanges(String name) {
    for (int i = 0; i < steps.size(); i++) {
      SourceStep step = steps.get(i);
      if (step.isReadAgain() && !step.load(testClass).hash().equals(loaded.get(i).hash())) {
        throw new RefusedException(
            "prepare database",
            name,
            step + " changed while it was prepared from that",
            "run the tests again");
      }
    }
  }
}
