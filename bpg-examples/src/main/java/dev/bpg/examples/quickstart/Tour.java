package dev.bpg.examples.quickstart;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.BranchBuilder;
import dev.bpg.Database;
import dev.bpg.model.SpaceUsage;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is shown: a database, a branch of it in each mode, and that they are apart. */
final class Tour {

  private final Bpg bpg;
  private final Content content;
  private final Terminal terminal;

  Tour(Bpg bpg, Content content, Terminal terminal) {
    this.bpg = bpg;
    this.content = content;
    this.terminal = terminal;
  }

  void run() throws SQLException {
    Stopwatch all = new Stopwatch();
    terminal.title("bpg: branches of a Postgres database");
    terminal.step("A database: " + content.title());
    try (OwnDatabase own = OwnDatabase.create(bpg, content, terminal)) {
      Database database = own.database();
      SpaceUsage space = database.main().space();
      terminal.line("%s, %s of data", database, Terminal.bytes(space.referenced()));
      List<Long> before = Side.count(database.main(), content.tables());
      terminal.step("A branch of it in each mode: a server of its own, with the same data");
      Branch fast = create(database.branch().named("fast").fast());
      Branch consistent = create(database.branch().named("consistent").consistent());
      explainCopies(fast.space());
      terminal.step("Each side changes its data, and no other side sees it");
      show(
          before,
          List.of(
              new Side(database.main(), content.inParent()),
              new Side(fast, content.inFast()),
              new Side(consistent, content.inConsistent())));
      terminal.step("Cleaning up");
    }
    terminal.line("Nothing is left. All of it took %s.", Terminal.time(all.elapsed()));
    terminal.line("Next: docs/getting-started.md");
  }

  private Branch create(BranchBuilder builder) throws SQLException {
    Stopwatch stopwatch = new Stopwatch();
    Branch branch = builder.create();
    Side.awaitFirstRow(branch);
    String time = Terminal.time(stopwatch.elapsed());
    SpaceUsage space = branch.space();
    terminal.line(
        "%-16s %7s from the call to the first row; takes %s of its own, holds %s (%s)",
        branch.name(),
        time,
        Terminal.bytes(space.used()),
        Terminal.bytes(space.referenced()),
        branch.origin().method().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    return branch;
  }

  private void explainCopies(SpaceUsage space) {
    if (space.used() > space.referenced() / 2) {
      terminal.line(
          "The file system below the home folder cannot share data, so these are copies.");
      terminal.line(
          "With BPG_HOME on btrfs or xfs a branch takes almost nothing, and comes sooner.");
    }
  }

  private void show(List<Long> before, List<Side> sides) throws SQLException {
    String names = content.tables().stream().map(Tour::column).collect(Collectors.joining());
    terminal.line("%-16s %-34s%s", "", "what happens there", names);
    terminal.line("%-16s %-34s%s", "before", "", row(before));
    for (Side side : sides) {
      side.apply();
    }
    for (Side side : sides) {
      List<Long> after = Side.count(side.branch(), content.tables());
      terminal.line("%-16s %-34s%s", side.branch().name(), side.change().story(), row(after));
      List<Long> expected = side.change().applyTo(before);
      if (!after.equals(expected)) {
        throw new IllegalStateException(
            side.branch() + " has " + after + " rows, and should have " + expected);
      }
    }
    terminal.line("Each has its own change and nobody else's.");
  }

  private static String row(List<Long> counts) {
    return counts.stream()
        .map(count -> column(String.format(Locale.ROOT, "%,d", count)))
        .collect(Collectors.joining());
  }

  private static String column(String text) {
    return String.format("%16s", text);
  }
}
