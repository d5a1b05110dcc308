package dev.bpg.junit5;

import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Refuses marked fields that nothing has set, because no database is declared for their class:
 * their test would fail for want of a value and not say why. It comes with the mark. Stateless.
 */
final class UnsetFields implements BeforeTestExecutionCallback {

  /** Right before the test: by now whatever sets fields has done so. */
  @Override
  public void beforeTestExecution(ExtensionContext context) {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      BranchFields.requireSet(instance.getClass(), instance);
    }
  }
}
