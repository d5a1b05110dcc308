package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a test class asks for.
 *
 * @param source the branch to branch from
 * @param mode how
 * @param steps what makes the source if it does not exist; empty if nothing does
 * @param version the major version for that; 0 if none was named
 * @param settings server settings by name
 * @param keep whether to keep the branch
 * @param bpg whose branches; empty for the shared one
 */
record BranchSpec(
    BranchName source,
    BranchMode mode,
    List<SourceStep> steps,
    int version,
    Map<String, String> settings,
    KeepBranch keep,
    Optional<Bpg> bpg) {

  BranchSpec {
    steps = List.copyOf(steps);
    settings = Map.copyOf(settings);
    if (steps.isEmpty() && version != 0) {
      throw new RefusedException(
          "use version " + version + " for",
          source.toString(),
          "nothing says how to make the database",
          "leave the version out, or add scripts or prepare");
    }
    if (!steps.isEmpty() && !source.isMain()) {
      throw new RefusedException(
          "make the source",
          source.toString(),
          "scripts and prepare make a database, and so its main branch only",
          "name " + BranchName.main(source.database()) + ", or leave scripts and prepare out");
    }
  }

  /** The same with a decision on keeping where none was made. */
  BranchSpec withKeep(RunParameters run) {
    KeepBranch decided = keep == KeepBranch.DEFAULT ? run.keep() : keep;
    return new BranchSpec(source, mode, steps, version, settings, decided, bpg);
  }

  /** What opens this branch's home; opened at the first call if it is the shared one. */
  Bpg open() {
    return bpg.orElseGet(Bpg::shared);
  }

  /** How a person reaches a branch of this name again, as Java code. */
  String lookup(String branch) {
    return (bpg.isPresent() ? "bpg.getBranch(\"" : "Branches.get(\"") + branch + "\")";
  }
}
