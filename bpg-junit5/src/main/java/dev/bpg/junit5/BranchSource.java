package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.BranchBuilder;
import dev.bpg.Template;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.NotFoundException;
import dev.bpg.model.PoolLimits;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What branches are taken of.
 *
 * @param bpg whose it is
 * @param spec what is asked for
 * @param template the template, unless it is a branch that exists
 * @param pools the run's pools
 */
record BranchSource(
    Bpg bpg, BranchSpec spec, Optional<SourceTemplate> template, SourcePools pools) {

  /** Finds out what goes into its template, if it is one. */
  static BranchSource of(ExtensionContext context, Class<?> declaring, BranchSpec spec) {
    Bpg bpg = spec.open();
    return new BranchSource(
        bpg,
        spec,
        spec.steps().isEmpty()
            ? Optional.empty()
            : Optional.of(
                SourceTemplates.of(context).get(bpg, spec, declaring, new RunParameters(context))),
        SourcePools.of(context));
  }

  /**
   * Takes a branch, and makes the template first if there is none.
   *
   * @throws NotFoundException if there is no such source, with a hint how to make it
   */
  TemporaryBranch take(PoolLimits limits) {
    return template.isPresent() ? ofTemplate(template.get(), limits) : ofBranch(limits);
  }

  private TemporaryBranch ofTemplate(SourceTemplate source, PoolLimits limits) {
    Template known = source.get();
    try {
      return take(known, known::branch, limits);
    } catch (NotFoundException e) {
      // Somebody deleted it since it was asked for.
      Template other = source.insteadOf(known);
      return take(other, other::branch, limits);
    }
  }

  private TemporaryBranch ofBranch(PoolLimits limits) {
    try {
      return take(spec.source(), this::branch, limits);
    } catch (NotFoundException e) {
      if (e.reason().startsWith("it has no snapshot")) {
        throw e;
      }
      throw new NotFoundException(e.operation(), e.subject(), e.reason(), hint(), e);
    }
  }

  private BranchBuilder branch() {
    BranchBuilder builder = bpg.from(spec.source().toString());
    spec.snapshot().ifPresent(builder::snapshot);
    return builder;
  }

  private TemporaryBranch take(Object source, Supplier<BranchBuilder> builder, PoolLimits limits) {
    return pools.get(bpg, spec, source, builder, limits).take();
  }

  private String hint() {
    String database = "\"" + spec.source().database() + "\"";
    return spec.source().isMain()
        ? "create it with Databases.create(" + database + "), or add scripts or prepare to the test"
        : "create it with Branches.from(\""
            + spec.source().database()
            + "/main\").named(\""
            + spec.source().branch()
            + "\").create(), or name another source";
  }
}
