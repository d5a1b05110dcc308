package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.BranchBuilder;
import dev.bpg.BranchPool;
import dev.bpg.model.BranchMode;
import dev.bpg.model.PoolLimits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The pools of a run, so that none is asked for twice. Thread-safe. */
final class SourcePools {

  private static final Namespace NAMESPACE = Namespace.create(SourcePools.class);

  private final Map<Asked, BranchPool> pools = new ConcurrentHashMap<>();

  // A template that is made anew is another source.
  private record Asked(
      Bpg bpg,
      Object source,
      Optional<String> snapshot,
      BranchMode mode,
      Map<String, String> settings,
      PoolLimits limits) {}

  /** Those of a context's run. */
  @SuppressWarnings("deprecation") // Its successor is of JUnit 6 only.
  static SourcePools of(ExtensionContext context) {
    return SessionStore.of(context, NAMESPACE)
        .getOrComputeIfAbsent(SourcePools.class, key -> new SourcePools(), SourcePools.class);
  }

  /**
   * The pool of what is asked for.
   *
   * @param source what the branches are made of: a name or a template
   * @param builder begins such a branch
   */
  BranchPool get(
      Bpg bpg, BranchSpec spec, Object source, Supplier<BranchBuilder> builder, PoolLimits limits) {
    return pools.computeIfAbsent(
        new Asked(bpg, source, spec.snapshot(), spec.mode(), spec.settings(), limits),
        asked -> {
          BranchBuilder branch = builder.get().settings(spec.settings());
          boolean fast = spec.mode() == BranchMode.FAST;
          return bpg.pool(fast ? branch.fast() : branch.consistent(), limits);
        });
  }
}
