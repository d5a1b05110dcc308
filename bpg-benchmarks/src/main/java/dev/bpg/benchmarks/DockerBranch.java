package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.benchmarks.floor.ContainerFloor;
import dev.bpg.benchmarks.floor.SnapshotClone;
import dev.bpg.benchmarks.measure.Alternation;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import dev.bpg.config.ServerType;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures how long a new branch in a container takes from the call to its first row, on atomic
 * storages, against a bare snapshot, create, start and connect of the same image. {@code
 * BPG_DOCKER_IMAGE} names the image.
 */
@Command(name = "DockerBranch", mixinStandardHelpOptions = true)
public final class DockerBranch implements Callable<Integer> {

  private static final int PARENT_BYTES = 10_000_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  private DockerBranch() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new DockerBranch()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report("Branch in Docker: from the call to the first row");
    for (StorageFolder storage : options.storages()) {
      if (storage.isAtomic()) {
        measure(storage, report);
      }
    }
    options.publish(report);
    return 0;
  }

  private void measure(StorageFolder storage, Report report) throws Exception {
    try (Workspace workspace = Workspace.on(storage, ServerType.DOCKER)) {
      Branch parent = workspace.createParent("parent", PARENT_BYTES);
      ContainerFloor floor =
          ContainerFloor.like(
              "bpg-" + parent.id(),
              workspace.data(parent),
              workspace.newFolder("floor"),
              new SnapshotClone(),
              parent.getPassword());
      Map<String, Samples> samples =
          new Alternation()
              .add("floor", floor)
              .add("fast", new ColdCreation(() -> parent.branch().fast()))
              .add("temporary", new TemporaryCreation(parent))
              .run(options.warmUp, options.rounds);
      report.add(Result.of(storage.name() + " floor", samples.get("floor")));
      for (String mode : new String[] {"fast", "temporary"}) {
        String name = storage.name() + " " + mode;
        report.add(
            Result.of(name, samples.get(mode), storage.name() + " floor", samples.get("floor")));
      }
    }
  }
}
