package dev.bpg;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.engine.Engine;
import dev.bpg.model.BranchName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;

/** A database: a name, a main branch and the branches made from it. Thread-safe. */
public final class Database {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private final Engine engine;
  private volatile BranchRecord main;

  Database(Engine engine, BranchRecord main) {
    this.engine = engine;
    this.main = main;
  }

  /** Its name, such as {@code api}. */
  public String name() {
    return main.name().database();
  }

  /** The major version of Postgres that it belongs to, such as 17. */
  public int version() {
    return main.build().major();
  }

  /** Its main branch. */
  public Branch main() {
    return new Branch(engine, engine.branches().mainOf(main));
  }

  /** All its branches by name, the main one included, as of now. */
  public List<Branch> branches() {
    return engine.branches().list(name()).stream()
        .map(record -> new Branch(engine, record))
        .toList();
  }

  /**
   * Begins to describe a branch of its main branch.
   *
   * @see Branches#from(String)
   */
  public BranchBuilder branch() {
    return main().branch();
  }

  /**
   * Gives it another name. Servers go on running; sessions, ports, passwords and snapshots stay.
   *
   * @throws dev.bpg.error.AlreadyExistsException if the name is taken
   * @throws dev.bpg.error.RefusedException if it breaks the rule of {@link
   *     dev.bpg.model.BranchName}
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public Database rename(String name) {
    main = engine.renameDatabase(main, name);
    return this;
  }

  /**
   * Brings it up to date with what it came from: makes other first data for it, which takes the
   * main branch's place when all of it is there. The old main branch stays, as a child of the new
   * one called {@code before-} and the time in UTC, with its snapshots, schedules and archive and
   * all that was branched from it; delete it when nobody needs it any more. If anything fails
   * before, the database is what it was. If the process is killed right between the two, a branch
   * of that name has the new data: promote it, or delete it.
   *
   * <p>The new main branch has the settings, major version, scripts for its branches, idle stop and
   * protection of the old one, unless the source says otherwise; a port and a password of its own;
   * and no snapshots and limits of space, and no archive unless the source says {@code archived()},
   * which is turned on when the rest is done.
   *
   * <pre>{@code
   * api.refresh(next -> next.fromServer(production));
   * }</pre>
   *
   * @param source says where the data comes from, as for a new database
   * @throws dev.bpg.error.NotFoundException if the database does not exist any more
   * @throws dev.bpg.error.BpgException as {@link DatabaseBuilder#create()} and what the source uses
   */
  public Database refresh(Consumer<DatabaseBuilder> source) {
    BranchRecord present = engine.branches().get(engine.branches().mainOf(main).name());
    BranchName old = present.name().sibling("before-" + TIME.format(Instant.now()));
    DatabaseBuilder next = new DatabaseBuilder(engine, present, old);
    source.accept(next);
    main = engine.refreshDatabase(present, next.request());
    main = next.archivedIfAsked(main);
    return this;
  }

  /**
   * Deletes it with all its branches.
   *
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void delete() {
    engine.deletions().database(name());
  }

  /**
   * Deletes it if nothing was branched from it. What has taken its name since is not touched.
   *
   * @throws dev.bpg.error.BusyException if it has branches, which the message names
   * @throws dev.bpg.error.NotFoundException if it does not exist any more
   */
  public void deleteUnlessBranched() {
    engine.deletions().databaseUnlessBranched(main);
  }

  /** {@code database api, Postgres 17.11 (embedded)}. */
  @Override
  public String toString() {
    return "database " + name() + ", " + main.build();
  }
}
