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

  private final String source;
  private final List<SourceStep> steps = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Optional<String> snapshot = Optional.empty();
  private BranchMode mode = BranchMode.FAST;
  private int version;
  private BranchScope scope = BranchScope.DEFAULT;
  private KeepBranch keep = KeepBranch.DEFAULT;
  private Optional<Bpg> bpg = Optional.empty();

  BranchExtensionBuilder(String source) {
    if (source.contains("/")) {
      BranchName.parse(source);
    }
    this.source = source;
  }

  /** How a branch of a running source is taken. Default: {@link BranchMode#FAST}. */
  public BranchExtensionBuilder mode(BranchMode how) {
    this.mode = how;
    return this;
  }

  /**
   * SQL scripts that make the template, in order with its other steps; see {@link
   * BranchedDatabase#scripts()}. Default: none.
   */
  public BranchExtensionBuilder scripts(String... locations) {
    Arrays.stream(locations).map(ScriptStep::new).forEach(steps::add);
    return this;
  }

  /**
   * Java code that makes the template, in order with its other steps; see {@link
   * BranchedDatabase#prepare()}. Default: none.
   */
  public BranchExtensionBuilder prepare(Class<? extends DatabasePreparation> preparation) {
    steps.add(PreparationStep.of(preparation));
    return this;
  }

  /**
   * The same with an object. For a lambda, the file of the class it is written in is part of the
   * fingerprint: classes that share a template share a preparation with a class of its own. What
   * the object holds is not part of it.
   */
  public BranchExtensionBuilder prepare(DatabasePreparation preparation) {
    steps.add(PreparationStep.of(preparation));
    return this;
  }

  /**
   * A snapshot of the source to take the data of; see {@link BranchedDatabase#snapshot()}. Default:
   * the source's present data.
   */
  public BranchExtensionBuilder snapshot(String idOrLabel) {
    this.snapshot = Optional.of(idOrLabel);
    return this;
  }

  /** A dump that the template begins with; see {@link BranchedDatabase#dump()}. Default: none. */
  public BranchExtensionBuilder dump(String location) {
    steps.add(new DumpStep(location));
    return this;
  }

  /**
   * Migrations by Flyway that make the template, in order with its other steps; see {@link
   * BranchedDatabase#flyway()}. Default: none.
   */
  public BranchExtensionBuilder flyway(String... locations) {
    steps.add(new FlywayStep(List.of(locations)));
    return this;
  }

  /**
   * A change log of Liquibase that makes the template, in order with its other steps; see {@link
   * BranchedDatabase#liquibase()}. Default: none.
   */
  public BranchExtensionBuilder liquibase(String changeLog) {
    steps.add(new LiquibaseStep(changeLog));
    return this;
  }

  /** The major version of the template. Default: the configuration's. */
  public BranchExtensionBuilder version(int major) {
    this.version = major;
    return this;
  }

  /**
   * A server setting of the branches, and of their template; a second one of the same name replaces
   * the first. Default: none.
   */
  public BranchExtensionBuilder setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /**
   * Which tests share a branch. Default: as {@code bpg.junit.scope} says, else the tests of the
   * class; each test has its own if the extension's field is neither static nor of an instance that
   * all tests share.
   */
  public BranchExtensionBuilder scope(BranchScope which) {
    this.scope = which;
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
   * @throws dev.bpg.error.RefusedException if there is no source, if a version comes without what
   *     makes a template, or that with a source that is not a main branch, or with a snapshot
   */
  public BranchExtension build() {
    return new BranchExtension(
        new BranchSpec(
            BranchSpec.source(source, !steps.isEmpty()),
            snapshot,
            mode,
            steps,
            version,
            settings,
            keep,
            bpg),
        scope);
  }
}
