package dev.bpg.examples;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.error.RefusedException;
import dev.bpg.event.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Branches that are kept for long, and what is told of them. */
public final class Upkeep {

  private Upkeep() {}

  /** Makes the database {@code archive} with a protected branch, and ends with none but main. */
  public static void main(String[] args) {
    Databases.create("archive");
    // tag::protection
    Branch dev = Branches.from("archive/main").named("dev").protectedFromDeletion().create();
    try {
      dev.forceDelete();
    } catch (RefusedException e) {
      System.out.println(e.getMessage()); // it is protected
    }
    dev.unprotect();
    dev.expireAfter(Duration.ofDays(7)); // instead of what was said before
    dev.keepForever();
    // end::protection
    AtomicInteger seen = new AtomicInteger();
    // tag::events
    try (Subscription listening = Bpg.shared().addListener(event -> seen.incrementAndGet())) {
      dev.restart();
    }
    // end::events
    // tag::doctor
    System.out.println(Bpg.shared().doctor());
    System.out.println(Bpg.shared().describe());
    // end::doctor
    dev.delete();
  }
}
