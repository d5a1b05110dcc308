package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** What stands behind {@link BranchedDatabase}. */
final class BranchedDatabaseExtension extends BranchCallbacks {

  private static final Namespace NAMESPACE = Namespace.create(BranchedDatabase.class);

  @Override
  Optional<Supplier<ClassBranch>> branch(ExtensionContext context, Class<?> declaring) {
    return TestClasses.around(context)
        .dropWhile(around -> !declaring.isAssignableFrom(around.getRequiredTestClass()))
        .filter(around -> annotation(around).isPresent())
        .findFirst()
        .map(owner -> () -> branch(owner));
  }

  @SuppressWarnings("deprecation") // Its successor is of JUnit 6 only.
  private static ClassBranch branch(ExtensionContext owner) {
    // By class, because a nested class's store would give the branch of the class around it.
    return owner
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            owner.getRequiredTestClass(),
            key -> ClassBranch.open(owner, spec(annotation(owner).orElseThrow())),
            ClassBranch.class);
  }

  @Override
  Stream<ClassBranch> opened(ExtensionContext context) {
    return TestClasses.around(context)
        .map(
            around ->
                around.getStore(NAMESPACE).get(around.getRequiredTestClass(), ClassBranch.class))
        .flatMap(Stream::ofNullable);
  }

  private static Optional<BranchedDatabase> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestClass(), BranchedDatabase.class);
  }

  private static BranchSpec spec(BranchedDatabase asked) {
    Stream<SourceStep> scripts = Arrays.stream(asked.scripts()).map(ScriptStep::new);
    Stream<SourceStep> code = Arrays.stream(asked.prepare()).map(PreparationStep::of);
    return new BranchSpec(
        BranchName.parse(asked.value()),
        asked.mode(),
        Stream.concat(scripts, code).toList(),
        asked.version(),
        settings(asked.settings()),
        asked.keep(),
        Optional.empty());
  }

  private static Map<String, String> settings(String[] texts) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new RefusedException(
            "use the setting", "\"" + text + "\"", "it has no =", "write name=value");
      }
      settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
    return settings;
  }
}
