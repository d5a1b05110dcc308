package dev.bpg.junit5;

import dev.bpg.TemporaryBranch;
import dev.bpg.error.BusyException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** The branch of a test, a class or a run, until JUnit closes the store that it is in. */
// JUnit 5.12 closes a CloseableResource only, and a later JUnit may close an AutoCloseable only.
@SuppressWarnings("deprecation")
final class TestBranch implements Store.CloseableResource, AutoCloseable {

  private final ExtensionContext owner;
  private final BranchSpec spec;
  private final boolean reports;
  private final LeakReport leaks;
  private final TemporaryBranch branch;
  private final CurrentBranch url;
  private final CurrentBranch.Target target;
  private final AtomicBoolean failed = new AtomicBoolean();

  private TestBranch(
      String name,
      ExtensionContext owner,
      BranchSpec spec,
      boolean reports,
      TemporaryBranch branch) {
    this.owner = owner;
    this.spec = spec;
    this.reports = reports;
    this.leaks = LeakReport.of(owner);
    this.branch = branch;
    this.url = CurrentBranch.named(name);
    this.target = new CurrentBranch.Target(branch);
    leaks.opened(branch, owner());
  }

  /**
   * Opens the branch, and makes its source first if that is missing and can be made.
   *
   * @param owner the context with which it is closed
   */
  static TestBranch open(Declaration declaration, ExtensionContext owner) {
    // Read now: a wrong parameter must not come to light when the branch is closed.
    RunParameters run = new RunParameters(owner);
    BranchSpec complete = declaration.spec().withKeep(run);
    Class<?> declaring = declaration.owner().getRequiredTestClass();
    try {
      BranchSource source = BranchSource.of(owner, declaring, complete);
      TemporaryBranch branch = source.take(run.limits());
      return new TestBranch(declaration.name(), owner, complete, run.reportsChanges(), branch);
    } catch (BusyException e) {
      throw new BusyException(
          "open a branch for",
          of(owner),
          e.reason(),
          "raise the configuration parameter " + RunParameters.MAX_BRANCHES,
          e);
    }
  }

  TemporaryBranch branch() {
    return branch;
  }

  /**
   * Has the driver's URL lead here until a context ends: that of a class or test that uses this.
   */
  void useIn(ExtensionContext context) {
    // By its id, because the store of what is inside gives what the one around it has.
    context
        .getStore(Namespace.create(TestBranch.class, this))
        .getOrComputeIfAbsent(context.getUniqueId(), id -> begin(context), EndOfUse.class);
  }

  private EndOfUse begin(ExtensionContext context) {
    CurrentBranch.Use use = new CurrentBranch.Use(context.getUniqueId(), of(context), target);
    url.begin(use);
    return new EndOfUse(url, use);
  }

  private record EndOfUse(CurrentBranch url, CurrentBranch.Use use)
      implements Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      url.end(use);
    }
  }

  /** Says that a test failed, or something around it. */
  void markFailed() {
    failed.set(true);
  }

  /** What it belongs to. */
  String owner() {
    return of(owner);
  }

  /** Gives the branch back, off the test's path, or keeps it and says so. */
  @Override
  public void close() {
    boolean kept = false;
    try {
      if (reports && isFailed()) {
        ChangeReport.of(branch, owner(), ChangeReport.TIMEOUT).report(owner);
      }
      if (isToBeKept()) {
        branch.keep();
        kept = true;
        leaks.kept(branch);
        new KeptBranch(branch, spec.lookup(branch.name()), owner(), isFailed()).report(owner);
      }
    } finally {
      if (!kept) {
        leaks.close(branch, target.sessions());
      }
    }
  }

  private boolean isToBeKept() {
    return switch (spec.keep()) {
      case ALWAYS -> true;
      case ON_FAILURE -> isFailed();
      case NEVER, DEFAULT -> false;
    };
  }

  private boolean isFailed() {
    return failed.get() || Failures.isFailed(owner);
  }

  private static String of(ExtensionContext context) {
    String type = context.getTestClass().map(Class::getName).orElse("all tests");
    return context.getTestMethod().map(method -> type + "." + method.getName()).orElse(type);
  }
}
