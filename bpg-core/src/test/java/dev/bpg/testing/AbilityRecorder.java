package dev.bpg.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes which abilities the tests showed, of which {@code dev/capability-table} makes the table:
 * lines of subject, ability, result and test, with tabs between, in a file of the folder that
 * {@code BPG_TEST_ABILITIES} names. Does nothing without that variable. A test of the library shows
 * something of its storage and of its kind of server.
 */
public final class AbilityRecorder implements TestExecutionListener {

  private static final String IN_DOCKER = "_in_docker";

  private final @Nullable String folder = System.getenv("BPG_TEST_ABILITIES");
  private @Nullable TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    TestPlan running = plan;
    if (folder == null
        || running == null
        || !test.isTest()
        || !(test.getSource().orElse(null) instanceof MethodSource source)) {
      return;
    }
    for (String subject : subjects(running, test, source.getJavaClass())) {
      for (String ability : abilities(source)) {
        write(subject, ability, result, source);
      }
    }
  }

  // A class that inherits its tests may show something with all of them.
  private static Set<String> abilities(MethodSource test) {
    Method method = test.getJavaMethod();
    Class<?> declaring = method.getDeclaringClass();
    Class<?> tested = test.getJavaClass();
    Ability own = method.getAnnotation(Ability.class);
    return Stream.of(
            own != null ? own : declaring.getAnnotation(Ability.class),
            tested == declaring ? null : tested.getAnnotation(Ability.class))
        .filter(Objects::nonNull)
        .map(Ability::value)
        .collect(Collectors.toSet());
  }

  private static List<String> subjects(TestPlan plan, TestIdentifier test, Class<?> tested) {
    Subject own = tested.getAnnotation(Subject.class);
    return own != null
        ? List.of(own.value())
        : storageAbove(plan, test).map(AbilityRecorder::storageAndServer).orElse(List.of());
  }

  // Of a class that runs for each storage, a container above its tests is called like the storage.
  private static Optional<String> storageAbove(TestPlan plan, TestIdentifier test) {
    return plan.getParent(test)
        .flatMap(
            parent ->
                Arrays.stream(TestStorage.values())
                    .map(TestStorage::name)
                    .filter(parent.getDisplayName()::equals)
                    .findFirst()
                    .or(() -> storageAbove(plan, parent)));
  }

  private static List<String> storageAndServer(String name) {
    String storage = name.toLowerCase(Locale.ROOT);
    return storage.endsWith(IN_DOCKER)
        ? List.of(storage.substring(0, storage.length() - IN_DOCKER.length()), "docker")
        : List.of(storage, "process");
  }

  private synchronized void write(
      String subject, String ability, TestExecutionResult result, MethodSource test) {
    String line =
        String.join(
            "\t",
            subject,
            ability,
            result.getStatus().name(),
            test.getClassName() + "." + test.getMethodName());
    Path file = Path.of(folder, "abilities-" + ProcessHandle.current().pid() + ".tsv");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
