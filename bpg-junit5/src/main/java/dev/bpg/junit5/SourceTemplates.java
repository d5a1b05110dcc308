package dev.bpg.junit5;

import dev.bpg.Bpg;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The templates of a run. What they are made from is read once, so that all tests of a run have the
 * same, even if somebody changes a file meanwhile. Thread-safe.
 */
final class SourceTemplates {

  private static final Namespace NAMESPACE = Namespace.create(SourceTemplates.class);

  private final Map<Asked, SourceContent> contents = new ConcurrentHashMap<>();
  private final Map<Identity, SourceTemplate> templates = new ConcurrentHashMap<>();

  // Classes of one package find the same resources.
  private record Asked(List<SourceStep> steps, ClassLoader loader, String folder) {}

  private record Identity(
      Bpg bpg, String database, int version, Map<String, String> settings, Fingerprint content) {}

  /** Those of a context's run. */
  @SuppressWarnings("deprecation") // Its successor is of JUnit 6 only.
  static SourceTemplates of(ExtensionContext context) {
    return SessionStore.of(context, NAMESPACE)
        .getOrComputeIfAbsent(
            SourceTemplates.class, key -> new SourceTemplates(), SourceTemplates.class);
  }

  /** The template of what is asked for. */
  SourceTemplate get(Bpg bpg, BranchSpec spec, Class<?> testClass, RunParameters run) {
    SourceContent content =
        contents.computeIfAbsent(
            new Asked(spec.steps(), testClass.getClassLoader(), testClass.getPackageName()),
            asked -> SourceContent.read(asked.steps(), testClass));
    Identity identity =
        new Identity(
            bpg, spec.source().database(), spec.version(), spec.settings(), content.fingerprint());
    SourceTemplate template =
        templates.computeIfAbsent(
            identity, key -> new SourceTemplate(bpg, spec, content, run.preparationTimeout()));
    template.refuseOtherCode(spec.steps());
    return template;
  }
}
