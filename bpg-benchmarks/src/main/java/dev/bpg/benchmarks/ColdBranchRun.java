package dev.bpg.benchmarks;

import dev.bpg.Branch;
import dev.bpg.benchmarks.floor.FileByFileClone;
import dev.bpg.benchmarks.floor.FileByFileClone.Content;
import dev.bpg.benchmarks.floor.Floor;
import dev.bpg.benchmarks.floor.RawClone;
import dev.bpg.benchmarks.floor.ServerCommand;
import dev.bpg.benchmarks.floor.SnapshotClone;
import dev.bpg.benchmarks.measure.Alternation;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The measurements of one storage: all sizes, both modes and their floors take turns. */
final class ColdBranchRun implements AutoCloseable {

  private static final int CLONES_TO_CHOOSE_BY = 5;

  private final StorageFolder storage;
  private final int warmUp;
  private final int rounds;
  private final Workspace workspace;

  ColdBranchRun(StorageFolder storage, int warmUp, int rounds) throws IOException {
    this.storage = storage;
    this.warmUp = warmUp;
    this.rounds = rounds;
    this.workspace = Workspace.on(storage);
  }

  void addTo(Report report, List<ByteSize> sizes) throws Exception {
    Alternation alternation = new Alternation();
    for (ByteSize size : sizes) {
      Branch parent = workspace.createParent("p" + size.text(), size.bytes());
      alternation.add(name(size, "floor"), floor(parent));
      alternation.add(name(size, "fast"), new ColdCreation(() -> parent.branch().fast()));
      alternation.add(
          name(size, "consistent"), new ColdCreation(() -> parent.branch().consistent()));
    }
    Map<String, Samples> samples = alternation.run(warmUp, rounds);
    for (ByteSize size : sizes) {
      String floor = name(size, "floor");
      report.add(Result.of(floor, samples.get(floor)));
      for (String mode : List.of("fast", "consistent")) {
        String name = name(size, mode);
        report.add(Result.of(name, samples.get(name), floor, samples.get(floor)));
      }
    }
    addGrowth(report, sizes, samples);
  }

  private void addGrowth(Report report, List<ByteSize> sizes, Map<String, Samples> samples) {
    String smallest = name(sizes.get(0), "fast");
    for (ByteSize size : sizes.subList(1, sizes.size())) {
      String name = name(size, "fast");
      report.add(Result.of(name, samples.get(name), smallest, samples.get(smallest)));
    }
  }

  private String name(ByteSize size, String mode) {
    return storage.name() + " " + size.text() + " " + mode;
  }

  private Floor floor(Branch parent) throws Exception {
    Path data = workspace.data(parent);
    Path folder = workspace.newFolder("floor-" + parent.id());
    Branch probe = parent.branch().fast().create();
    try {
      ServerCommand command = ServerCommand.of(workspace.data(probe));
      Map<Floor, Double> floors = new LinkedHashMap<>();
      for (RawClone clone : clones()) {
        Floor floor = new Floor(data, folder, clone, command, parent.getPassword());
        double total = 0;
        for (int i = 0; i < CLONES_TO_CHOOSE_BY; i++) {
          total += floor.runClone();
        }
        floors.put(floor, total);
      }
      return floors.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    } finally {
      probe.delete();
    }
  }

  // Of those that a storage has, the fastest is its floor.
  private List<RawClone> clones() {
    int threads = Runtime.getRuntime().availableProcessors();
    return switch (storage.type()) {
      case BTRFS -> List.of(new SnapshotClone());
      case REFLINK ->
          List.of(
              new FileByFileClone(Content.SHARED, 1), new FileByFileClone(Content.SHARED, threads));
      case COPY, AUTO, ZFS ->
          List.of(
              new FileByFileClone(Content.COPIED, 1), new FileByFileClone(Content.COPIED, threads));
    };
  }

  @Override
  public void close() throws IOException {
    workspace.close();
  }
}
