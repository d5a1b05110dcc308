package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.BranchBuilder;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.NotFoundException;
import dev.bpg.model.BranchMode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** The branch of one test class, from its creation until JUnit closes the class's store. */
// JUnit 5.12 closes a CloseableResource only, and a later JUnit may close an AutoCloseable only.
@SuppressWarnings("deprecation")
final class ClassBranch implements Store.CloseableResource, AutoCloseable {

  private final ExtensionContext owner;
  private final BranchSpec spec;
  private final BranchBound.Permit permit;
  private final TemporaryBranch branch;
  private final AtomicBoolean failed = new AtomicBoolean();

  private ClassBranch(
      ExtensionContext owner, BranchSpec spec, BranchBound.Permit permit, TemporaryBranch branch) {
    this.owner = owner;
    this.spec = spec;
    this.permit = permit;
    this.branch = branch;
  }

  /** Makes the branch, and its source first if that is missing and can be made. */
  static ClassBranch open(ExtensionContext owner, BranchSpec spec) {
    // Read now: a wrong parameter must not come to light when the branch is closed.
    BranchSpec complete = spec.withKeep(new RunParameters(owner));
    BranchBound.Permit permit = BranchBound.of(owner).acquire(className(owner));
    try {
      return new ClassBranch(owner, complete, permit, create(owner, complete));
    } catch (Throwable e) {
      permit.release();
      throw e;
    }
  }

  private static TemporaryBranch create(ExtensionContext owner, BranchSpec spec) {
    Bpg bpg = spec.open();
    if (!spec.steps().isEmpty()) {
      new SourceDatabase(bpg, spec, owner.getRequiredTestClass()).ensure();
    }
    BranchBuilder builder = bpg.from(spec.source().toString()).settings(spec.settings());
    try {
      return (spec.mode() == BranchMode.FAST ? builder.fast() : builder.consistent())
          .createTemporary();
    } catch (NotFoundException e) {
      throw new NotFoundException(e.operation(), e.subject(), e.reason(), hint(spec), e);
    }
  }

  private static String hint(BranchSpec spec) {
    String database = "\"" + spec.source().database() + "\"";
    return spec.source().isMain()
        ? "create it with Databases.create(" + database + "), or add scripts or prepare to the test"
        : "create it with Branches.from(\""
            + spec.source().database()
            + "/main\").named(\""
            + spec.source().branch()
            + "\").create(), or name another source";
  }

  TemporaryBranch branch() {
    return branch;
  }

  /** Says that a test failed, or something around it. */
  void markFailed() {
    failed.set(true);
  }

  /** The name of the test class that it belongs to. */
  String testClass() {
    return className(owner);
  }

  /** Deletes the branch, or keeps it and says so. */
  @Override
  public void close() {
    boolean kept = false;
    try {
      if (isToBeKept()) {
        branch.keep();
        kept = true;
        new KeptBranch(branch, spec.lookup(branch.name()), testClass(), isFailed()).report(owner);
      }
    } finally {
      if (!kept) {
        branch.close();
      }
      permit.release();
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

  private static String className(ExtensionContext owner) {
    return owner.getRequiredTestClass().getName();
  }
}
