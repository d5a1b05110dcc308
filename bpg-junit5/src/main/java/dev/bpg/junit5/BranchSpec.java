package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.error.RefusedException;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a test class asks for.
 *
 * @param source the branch to branch from; with steps, its database is the name of a template
 * @param snapshot the snapshot of it to branch from; empty for its present data
 * @param mode how
 * @param steps what makes the template; empty if the source has to exist
 * @param version the major version for that; 0 if none was named
 * @param settings server settings by name
 * @param keep whether to keep the branch
 * @param bpg whose branches; empty for the shared one
 */
record BranchSpec(
    BranchName source,
    Optional<String> snapshot,
    BranchMode mode,
    List<SourceStep> steps,
    int version,
    Map<String, String> settings,
    KeepBranch keep,
    Optional<Bpg> bpg) {

  private static final String TEMPLATE = "template";

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
    if (!steps.isEmpty() && snapshot.isPresent()) {
      throw new RefusedException(
          "use snapshot " + snapshot.get() + " of",
          source.toString(),
          "it is made here, and has no snapshots of yours",
          "leave the snapshot out, or what makes the source");
    }
  }

  /** What an annotation asks for. */
  static BranchSpec of(BranchedDatabase asked) {
    List<SourceStep> steps = SourceSteps.of(asked);
    return new BranchSpec(
        source(asked.value(), !steps.isEmpty()),
        Optional.of(asked.snapshot()).filter(snapshot -> !snapshot.isEmpty()),
        asked.mode(),
        steps,
        asked.version(),
        settings(asked.settings()),
        asked.keep(),
        Optional.empty());
  }

  /**
   * The source that a text means.
   *
   * @param made whether it is made here: then the database's name will do, and need not be there
   */
  static BranchName source(String text, boolean made) {
    if (!made && text.isEmpty()) {
      throw new RefusedException(
          "give a branch to",
          "a test",
          "it names no source",
          "name one, such as api/main, or add scripts or prepare");
    }
    if (made && !text.contains("/")) {
      return BranchName.main(text.isEmpty() ? TEMPLATE : text);
    }
    return BranchName.parse(text);
  }

  private static Map<String, String> settings(String[] texts) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new RefusedException(
            "use the setting", "\"" + text + "\"", "it has no =", "write name=value");
      }
      settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
    return settings;
  }

  /** The same with a decision on keeping where none was made. */
  BranchSpec withKeep(RunParameters run) {
    KeepBranch decided = keep == KeepBranch.DEFAULT ? run.keep() : keep;
    return new BranchSpec(source, snapshot, mode, steps, version, settings, decided, bpg);
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
