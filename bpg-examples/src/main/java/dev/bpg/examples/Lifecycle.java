package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.model.BranchStatus;
import java.time.Duration;

/** What can be done with a branch from its creation to its end. */
public final class Lifecycle {

  private Lifecycle() {}

  /** Makes the database {@code crm}, and branches of it that it takes away again but for one. */
  public static void main(String[] args) {
    Databases.create("crm");
    // tag::lifecycle
    Branch pr = Branches.from("crm/main").named("pr-42").create();
    pr.stop();
    BranchStatus status = pr.status(); // STOPPED, with the reason in words
    pr.start(); // the same data, and the same port if it is still free
    pr.delete();
    // end::lifecycle
    if (status.state() != BranchStatus.State.STOPPED) {
      throw new IllegalStateException("stopped, and yet " + status);
    }
    // tag::expires
    Branches.from("crm/main").named("review").expiresAfter(Duration.ofDays(3)).create();
    // end::expires
    // tag::children
    Branch parent = Branches.from("crm/main").named("parent").create();
    parent.branch().named("child").create();
    parent.forceDelete(); // and the child with it; delete() would refuse and name the child
    // end::children
  }
}
