package dev.bpg.junit5;

import dev.bpg.Bpg;
import dev.bpg.DatabasePreparation;
import dev.bpg.model.BranchMode;
import dev.bpg.model.BranchName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Describes the branches of a {@link BranchExtension}. Everything has the default that {@link
 * BranchedDatabase} gives it. Not thread-safe.
 */
public final class BranchExtensionBuilder {

  private final BranchName source;
  private final List<SourceStep> steps = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private BranchMode mode = BranchMode.FAST;
  private int version;
  private KeepBranch keep = KeepBranch.DEFAULT;
  private Optional<Bpg> bpg = Optional.empty();

  BranchExtensionBuilder(String source) {
    this.source = BranchName.parse(source);
  }

  /** How a branch of a running source is taken. Default: {@link BranchMode#FAST}. */
  public BranchExtensionBuilder mode(BranchMode how) {
    this.mode = how;
    return this;
  }

  /**
   * SQL scripts that make the database if it does not exist, in order with the other scripts and
   * preparations; see {@link BranchedDatabase#scripts()}. Default: none.
   */
  public BranchExtensionBuilder scripts(String... locations) {
    Arrays.stream(locations).map(ScriptStep::new).forEach(steps::add);
    return this;
  }

  /**
   * Java code that makes the database if it does not exist, in order with the scripts; see {@link
   * BranchedDatabase#prepare()}. Default: none.
   */
  public BranchExtensionBuilder prepare(Class<? extends DatabasePreparation> preparation) {
    steps.add(PreparationStep.of(preparation));
    return this;
  }

  /**
   * The same with an object. For a lambda, the file of the class it is written in is part of the
   * fingerprint: classes that share a database share a preparation with a class of its own. What
   * the object holds is not part of it.
   */
  public BranchExtensionBuilder prepare(DatabasePreparation preparation) {
    steps.add(PreparationStep.of(preparation));
    return this;
  }

  /** The major version of a database that is made here. Default: the configuration's. */
  public BranchExtensionBuilder version(int major) {
    this.version = major;
    return this;
  }

  /**
   * A server setting of the branches, and of the database if it is made here; a second one of the
   * same name replaces the first. Default: none.
   */
  public BranchExtensionBuilder setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Whether branches are kept. Default: {@link KeepBranch#DEFAULT}. */
  public BranchExtensionBuilder keep(KeepBranch when) {
    this.keep = when;
    return this;
  }

  /**
   * Whose databases these are; the caller closes it after the tests. Default: {@link Bpg#shared()},
   * opened when the first branch is needed.
   */
  public BranchExtensionBuilder bpg(Bpg opened) {
    this.bpg = Optional.of(opened);
    return this;
  }

  /**
   * The extension, to be put in a field with {@code @RegisterExtension}.
   *
   * @throws dev.bpg.error.RefusedException if a version comes without scripts or prepare, or these
   *     with a source that is not a main branch
   */
  public BranchExtension build() {
    return new BranchExtension(new BranchSpec(source, mode, steps, version, settings, keep, bpg));
  }
}
