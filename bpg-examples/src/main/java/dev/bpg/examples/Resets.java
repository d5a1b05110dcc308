package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.ResetOption;

/** Branches that take other data or other names. */
public final class Resets {

  private Resets() {}

  /** Makes the database {@code depot}, and ends with {@code shop} and {@code warehouse}. */
  public static void main(String[] args) {
    Branch depot = Databases.create("depot").main();
    depot.snapshot("seed");
    Branch branch = Branches.from("depot/main").snapshot("seed").named("dev").create();
    branch.snapshot("before-import");
    // tag::reset
    branch.reset(); // its parent's present data
    branch.reset(ResetOption.FAST); // the same, as fast as the storage allows
    branch.resetTo("seed"); // a snapshot of its parent or of its own, by label or id
    branch.resetToOrigin(); // the snapshot that it was made of
    branch.rollbackTo("before-import"); // a snapshot of its own; main branches too
    // end::reset
    Branch spare = Branches.from("depot/main").named("spare").create();
    // tag::rename
    branch.rename("feature"); // within its database
    Databases.rename("depot", "warehouse"); // a database with all its branches
    branch.promote(); // becomes main; the old main takes its name and becomes its child
    spare.promoteTo("shop"); // becomes the main branch of a new database, with its descendants
    // end::rename
    System.out.println(branch + " and " + spare);
  }
}
