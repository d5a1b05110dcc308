package dev.bpg.junit5;

import dev.bpg.Branch;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The branch that {@link BranchDriver} leads to under one name: that of the test or class that uses
 * one now. Static, because a JDBC driver is found by its URL alone. Thread-safe.
 */
final class CurrentBranch {

  private static final Map<String, CurrentBranch> ALL = new ConcurrentHashMap<>();
  private static final String NOT_CONNECTED = "08001";

  private final List<Use> uses = new ArrayList<>();

  private CurrentBranch() {}

  /** The one of a name. */
  static CurrentBranch named(String name) {
    return ALL.computeIfAbsent(name, key -> new CurrentBranch());
  }

  /**
   * A branch for as long as a test, a class or a session has it. A class and not a record, because
   * the same branch may come again for another test.
   */
  static final class Target {

    private final Branch branch;
    private final Set<Integer> sessions = ConcurrentHashMap.newKeySet();

    Target(Branch branch) {
      this.branch = branch;
    }

    Branch branch() {
      return branch;
    }

    /** The server's processes behind the driver's connections, which may outlive the test. */
    Set<Integer> sessions() {
      return sessions;
    }
  }

  /**
   * The time that a test or class uses a branch, its own or one that it shares.
   *
   * @param id its unique id, which begins with that of what is around it
   * @param owner what people call it
   */
  record Use(String id, String owner, Target target) {

    private boolean isInside(Use other) {
      return !id.equals(other.id) && id.startsWith(other.id);
    }
  }

  /** Leads to a branch from now on. */
  synchronized void begin(Use use) {
    uses.add(use);
  }

  /** Does not any more. */
  synchronized void end(Use use) {
    uses.remove(use);
  }

  /**
   * Where it leads to now.
   *
   * @throws SQLNonTransientConnectionException if nothing uses a branch of this name, or several
   *     that are not inside each other use different ones
   */
  synchronized Target target(TestUrl url) throws SQLNonTransientConnectionException {
    List<Use> innermost =
        uses.stream().filter(use -> uses.stream().noneMatch(other -> other.isInside(use))).toList();
    if (innermost.isEmpty()) {
      throw new SQLNonTransientConnectionException(
          "cannot connect to "
              + url
              + ": no test runs that has a branch of this name\n"
              + "HINT: annotate the test class with @BranchedDatabase, or close what connects"
              + " between tests",
          NOT_CONNECTED);
    }
    Target target = innermost.get(0).target();
    if (innermost.stream().anyMatch(use -> use.target() != target)) {
      throw new SQLNonTransientConnectionException(
          "cannot connect to "
              + url
              + ": several that run at once have a branch of this name: "
              + innermost.stream().map(Use::owner).collect(Collectors.joining(", "))
              + "\nHINT: give each a name of its own, or let them wait for each other with"
              + " @ResourceLock",
          NOT_CONNECTED);
    }
    return target;
  }
}
