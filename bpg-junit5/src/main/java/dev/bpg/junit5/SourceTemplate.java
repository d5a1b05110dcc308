package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.DatabaseBuilder;
import dev.bpg.Template;
import dev.bpg.error.BpgException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One template of a run. It is asked for again once a minute, which counts as a use; if its
 * preparation failed, all that ask for it see that at once. Thread-safe.
 */
final class SourceTemplate {

  private static final long NANOS_OF_USE = Duration.ofMinutes(1).toNanos();

  private final Bpg bpg;
  private final BranchSpec spec;
  private final SourceContent content;
  private final Duration timeout;
  private volatile @Nullable Use last;
  private @Nullable BpgException failure;

  private record Use(Template template, long at) {}

  /**
   * One that is made when somebody wants it.
   *
   * @param timeout how long its preparation may take
   */
  SourceTemplate(Bpg bpg, BranchSpec spec, SourceContent content, Duration timeout) {
    this.bpg = bpg;
    this.spec = spec;
    this.content = content;
    this.timeout = timeout;
  }

  /**
   * Refuses code that is not this template's, though its fingerprint is the same.
   *
   * @throws RefusedException if it is another lambda of the same class
   */
  void refuseOtherCode(List<SourceStep> steps) {
    if (!code(steps).equals(code(spec.steps()))) {
      throw new RefusedException(
          "make template",
          spec.source().database(),
          "two of its preparations are lambdas of one class, and its file is all that tells them"
              + " apart",
          "make each a class of its own, or name two databases");
    }
  }

  private static List<Class<?>> code(List<SourceStep> steps) {
    return steps.stream()
        .filter(PreparationStep.class::isInstance)
        .<Class<?>>map(step -> ((PreparationStep) step).type())
        .toList();
  }

  /** The template, made if there is none. */
  Template get() {
    Use known = last;
    return known != null && System.nanoTime() - known.at() < NANOS_OF_USE
        ? known.template()
        : ask();
  }

  /** The template, asked for again because this one is gone. */
  synchronized Template insteadOf(Template gone) {
    Use known = last;
    return known != null && known.template() != gone ? known.template() : ask();
  }

  private synchronized Template ask() {
    if (failure != null) {
      throw again(failure);
    }
    try {
      Template template = builder().template(content.fingerprint().text(), timeout);
      last = new Use(template, System.nanoTime());
      return template;
    } catch (RefusedException | StartFailedException | UnavailableException e) {
      failure = e;
      throw e;
    }
  }

  private DatabaseBuilder builder() {
    String name = spec.source().database();
    DatabaseBuilder database = bpg.newDatabase(name).settings(spec.settings());
    if (spec.version() != 0) {
      database.version(spec.version());
    }
    content.addTo(database, name);
    return database;
  }

  // Not the same object: JUnit adds to what a test throws.
  private static BpgException again(BpgException first) {
    String operation = first.operation();
    String subject = first.subject();
    if (first instanceof UnavailableException) {
      return new UnavailableException(operation, subject, first.reason(), first.hint(), first);
    }
    if (first instanceof StartFailedException) {
      return new StartFailedException(operation, subject, first.reason(), first.hint(), first);
    }
    return new RefusedException(operation, subject, first.reason(), first.hint(), first);
  }
}
