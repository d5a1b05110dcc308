package dev.bpg.testing;

import dev.bpg.internal.engine.DatabaseRequest;
import dev.bpg.internal.engine.SnapshotListing;
import dev.bpg.internal.engine.TemplateRequest;
import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import dev.bpg.testing.Faults.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A program that asks for a template, and says {@code snapshot} and its id if it gets there. */
public final class TemplateProgram {

  /** What its templates are filled with. */
  public static final String SQL = "CREATE TABLE t AS SELECT * FROM generate_series(1, 1000)";

  private TemplateProgram() {}

  /**
   * Takes the home, the cache, the fault, and the step it comes at, such as {@code after stop#1}.
   */
  public static void main(String[] arguments) throws Exception {
    String[] step = arguments[3].split("#");
    Faults faults = new Faults(Kind.valueOf(arguments[2]), Integer.parseInt(step[1]));
    faults.onlyAt(step[0]);
    WiredHome home =
        WiredHome.ofPostgres(Path.of(arguments[0]), Path.of(arguments[1]), "copy", faults);
    System.out.println("ready");
    if (System.in.read() >= 0) {
      return;
    }
    faults.arm();
    SnapshotListing.Entry template = home.engine().template(request());
    System.out.println("snapshot " + template.snapshot().id());
    Runtime.getRuntime().halt(0);
  }

  private static TemplateRequest request() {
    DatabaseRequest database =
        new DatabaseRequest(
            BranchName.main("items"),
            OptionalInt.empty(),
            Optional.empty(),
            ServerSettings.none(),
            VolumeProperties.none(),
            SpaceLimits.none(),
            List.of(),
            List.of(server -> SqlScript.ofText(SQL).runForNewDatabase(server.dataSource())));
    return new TemplateRequest(database, "v1", Duration.ofMinutes(5));
  }
}
