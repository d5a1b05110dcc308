package dev.bpg.junit5;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The steps that an annotation asks for: first what brings data, then what changes it. */
final class SourceSteps {

  private SourceSteps() {}

  static List<SourceStep> of(BranchedDatabase asked) {
    List<SourceStep> steps = new ArrayList<>();
    if (!asked.dump().isEmpty()) {
      steps.add(new DumpStep(asked.dump()));
    }
    if (asked.flyway().length > 0) {
      steps.add(new FlywayStep(List.of(asked.flyway())));
    }
    if (!asked.liquibase().isEmpty()) {
      steps.add(new LiquibaseStep(asked.liquibase()));
    }
    Arrays.stream(asked.scripts()).map(ScriptStep::new).forEach(steps::add);
    Arrays.stream(asked.prepare()).map(PreparationStep::of).forEach(steps::add);
    return steps;
  }
}
