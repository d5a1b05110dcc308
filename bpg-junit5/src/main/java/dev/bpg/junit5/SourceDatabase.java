package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.Database;
import dev.bpg.DatabaseBuilder;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.BusyException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the database that a test class branches from, once for all classes, JVMs and runs. */
final class SourceDatabase {

  // One try is the rule, two or three happen when several classes begin at once; after this many,
  // two test suites undo each other's work.
  private static final int TRIES = 10;

  private final Bpg bpg;
  private final BranchSpec spec;
  private final String name;
  private final List<SourceStep.Loaded> steps;
  private final Fingerprint wanted;

  SourceDatabase(Bpg bpg, BranchSpec spec, Class<?> testClass) {
    this.bpg = bpg;
    this.spec = spec;
    this.name = spec.source().database();
    this.steps = spec.steps().stream().map(step -> step.load(testClass)).toList();
    this.wanted = Fingerprint.of(steps, spec.version(), spec.settings());
  }

  /** Returns when the database exists and was made from what is asked for. */
  void ensure() {
    for (int i = 0; i < TRIES; i++) {
      Optional<Database> there = find();
      if (there.isEmpty() ? create() : isWanted(there.get())) {
        return;
      }
    }
    throw new BusyException(
        "make database",
        name,
        "somebody else makes it anew from other scripts all the time",
        "let each test suite name a database of its own");
  }

  private Optional<Database> find() {
    try {
      return Optional.of(bpg.getDatabase(name));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private boolean create() {
    DatabaseBuilder database =
        bpg.newDatabase(name).settings(spec.settings()).setting(Fingerprint.SETTING, wanted.text());
    if (spec.version() != 0) {
      database.version(spec.version());
    }
    steps.forEach(step -> step.addTo().to(database));
    try {
      database.create();
      return true;
    } catch (AlreadyExistsException e) {
      // Somebody was faster and has finished; what they made is looked at next.
      return false;
    }
  }

  private boolean isWanted(Database there) {
    Map<String, String> settings = there.main().settings();
    String found = settings.get(Fingerprint.SETTING);
    if (found == null) {
      throw new RefusedException(
          "use database",
          name,
          "it was not made from scripts or prepare of a test",
          "leave scripts and prepare out to use it as it is, or name another database");
    }
    Fingerprint made = new Fingerprint(found);
    if (made.equals(wanted)) {
      return true;
    }
    replace(there, wanted.changedIn(made));
    return false;
  }

  private void replace(Database outdated, String changed) {
    try {
      outdated.deleteUnlessBranched();
    } catch (NotFoundException e) {
      // Somebody else has deleted it, and maybe made another: it is looked at next.
      return;
    } catch (BusyException e) {
      throw new RefusedException(
          "make database",
          name,
          "it was made from other contents of " + changed + ", and " + e.reason(),
          "wait until these are gone, or delete it with Databases.delete(\"" + name + "\")",
          e);
    }
  }
}
