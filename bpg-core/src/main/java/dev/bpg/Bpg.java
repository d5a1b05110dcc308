package dev.bpg;

import dev.bpg.config.BpgConfig;
import dev.bpg.error.NotFoundException;
import dev.bpg.internal.Assembly;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.model.BranchName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A home folder with databases and their branches, opened.
 *
 * <p>Most programs use {@link Databases} and {@link Branches}, which work on {@link #shared()}. A
 * service that wants a configuration of its own opens its own:
 *
 * <pre>{@code
 * try (Bpg bpg = Bpg.open(BpgConfig.builder().home(Path.of("/srv/bpg")).build())) {
 *   Branch branch = bpg.from("api/main").fast().create();
 * }
 * }</pre>
 *
 * <p>Several of these, in one process or in many, may have the same home open. Instances are safe
 * for use by several threads. An operation whose thread is interrupted throws {@link
 * dev.bpg.error.CancelledException} and leaves nothing behind.
 */
public final class Bpg implements AutoCloseable {

  private final Assembly assembly;
  private final BpgConfig config;

  private Bpg(BpgConfig config) {
    this.config = config;
    this.assembly = Assembly.open(config);
  }

  // Opened when first asked for, once. Not in an initialiser, which would hide why it failed in an
  // ExceptionInInitializerError, and every later time in a NoClassDefFoundError.
  private static final class Shared {
    private static @Nullable Bpg instance;

    static synchronized Bpg get() {
      if (instance == null) {
        instance = open();
      }
      return instance;
    }
  }

  /**
   * The one that {@link Databases} and {@link Branches} use, opened at the first call with {@link
   * BpgConfig#load()}. It is not to be closed: temporary branches that are left when the JVM ends
   * are deleted after it.
   *
   * @throws dev.bpg.error.BpgException if the configuration is wrong or the home cannot be opened
   */
  public static Bpg shared() {
    return Shared.get();
  }

  /**
   * Opens the home that {@link BpgConfig#load()} names.
   *
   * @throws dev.bpg.error.BpgException if the configuration is wrong or the home cannot be opened
   */
  public static Bpg open() {
    return open(BpgConfig.load());
  }

  /**
   * Opens a home. What processes that died left half done there is undone first.
   *
   * @throws dev.bpg.error.UnavailableException if the home cannot be made or written to
   */
  public static Bpg open(BpgConfig config) {
    return new Bpg(config);
  }

  /**
   * Creates a database with the defaults: see {@link DatabaseBuilder#create()}.
   *
   * @param name the database's name, such as {@code api}
   */
  public Database createDatabase(String name) {
    return newDatabase(name).create();
  }

  /**
   * Begins to describe a new database.
   *
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}
   */
  public DatabaseBuilder newDatabase(String name) {
    return new DatabaseBuilder(engine(), config, BranchName.main(name));
  }

  /**
   * A database that exists.
   *
   * @throws NotFoundException if it does not exist
   */
  public Database getDatabase(String name) {
    return new Database(engine(), engine().get(BranchName.main(name)));
  }

  /** All databases, by name. */
  public List<Database> listDatabases() {
    return engine().list().stream()
        .filter(record -> record.name().isMain())
        .map(record -> new Database(engine(), record))
        .toList();
  }

  /**
   * Deletes a database with all its branches.
   *
   * @throws NotFoundException if it does not exist
   */
  public void deleteDatabase(String name) {
    engine().deleteDatabase(name);
  }

  /**
   * Begins to describe a branch of another one.
   *
   * @param parent the parent's name, such as {@code api/main}
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}
   */
  public BranchBuilder from(String parent) {
    return new BranchBuilder(engine(), BranchName.parse(parent));
  }

  /**
   * A branch that exists.
   *
   * @param name its name, such as {@code api/dev}
   * @throws NotFoundException if it does not exist
   */
  public Branch getBranch(String name) {
    return branch(engine().get(BranchName.parse(name)));
  }

  /** All branches of all databases, by name, temporary ones and main ones included. */
  public List<Branch> listBranches() {
    return engine().list().stream().map(this::branch).toList();
  }

  /** All branches of a database, by name; empty if it does not exist. */
  public List<Branch> listBranches(String database) {
    return engine().list(database).stream().map(this::branch).toList();
  }

  private Branch branch(BranchRecord record) {
    return new Branch(engine(), record);
  }

  private Engine engine() {
    return assembly.engine();
  }

  /**
   * Deletes the temporary branches that were made here and are left, and waits for it. Servers of
   * permanent branches keep running. What was obtained from here must not be used any more.
   */
  @Override
  public void close() {
    assembly.close();
  }
}
