package dev.bpg.benchmarks;

import dev.bpg.benchmarks.floor.BareZfs;
import dev.bpg.benchmarks.floor.ZfsClone;
import dev.bpg.benchmarks.floor.ZfsCommand;
import dev.bpg.benchmarks.measure.Alternation;
import dev.bpg.benchmarks.measure.Report;
import dev.bpg.benchmarks.measure.Result;
import dev.bpg.benchmarks.measure.Samples;
import dev.bpg.benchmarks.measure.Timed;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures a snapshot, its clone and the clone's mount on ZFS: by bpg's storage, by the bare native
 * calls, and by the {@code zfs} command; then whether many clones of one volume slow the next one
 * down. Needs root and ZFS. The volume has a few files, for the time does not depend on its size.
 */
@Command(name = "ZfsClones", mixinStandardHelpOptions = true)
public final class ZfsClones implements Callable<Integer> {

  private static final int FILES = 100;
  private static final int FILE_BYTES = 100_000;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(
      names = "--dataset",
      required = true,
      description = "a dataset that does not exist yet, in a pool that does; gone afterwards")
  private String dataset = "";

  @Option(
      names = "--clones",
      description =
          "how many clones of one volume there are in the end (default: ${DEFAULT-VALUE})")
  private int clones = 200;

  private @Nullable ZfsStorage storage;
  private @Nullable Path root;

  private ZfsClones() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ZfsClones()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    root = Files.createTempDirectory("bpg-benchmark-");
    storage = new ZfsStorage(dataset, root);
    BranchId source = BranchId.random();
    fill(storage.createVolume(source));
    Report report = new Report("ZFS: snapshot, clone and mount");
    addWays(report, source);
    addGrowth(report, source);
    storage.deleteVolume(source);
    if (!storage.volumes().isEmpty()) {
      throw new IllegalStateException("left: " + storage.volumes());
    }
    Files.delete(root);
    options.publish(report);
    return 0;
  }

  private static void fill(Path data) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.write(data.resolve("file-" + i), new byte[FILE_BYTES]);
    }
  }

  private void addWays(Report report, BranchId source) throws Exception {
    BareZfs bare = new BareZfs();
    Map<String, Samples> samples =
        new Alternation()
            .add("native calls", () -> by(bare, bare, source))
            .add("zfs command", () -> by(new ZfsCommand(), bare, source))
            .add("bpg", () -> byStorage(source))
            .run(options.warmUp, options.rounds);
    Samples calls = samples.get("native calls");
    report.add(Result.of("native calls", calls));
    report.add(Result.of("zfs command", samples.get("zfs command"), "native calls", calls));
    report.add(Result.of("bpg", samples.get("bpg"), "native calls", calls));
    report.add(Result.of("bpg", samples.get("bpg"), "zfs command", samples.get("zfs command")));
  }

  private double by(ZfsClone way, BareZfs bare, BranchId source) throws Exception {
    String name = BranchId.random().value();
    String from = dataset + "/" + source;
    String target = dataset + "/" + name;
    Path folder = Files.createDirectory(folder(name));
    long start = System.nanoTime();
    way.make(from, name, target, folder);
    double millis = Timed.millisSince(start);
    requireContent(folder.resolve("data"));
    bare.delete(from, name, target, folder);
    Files.delete(folder);
    return millis;
  }

  private double byStorage(BranchId source) throws IOException {
    BranchId target = BranchId.random();
    double millis = timeClone(source, target);
    storage().deleteVolume(target);
    return millis;
  }

  private double timeClone(BranchId source, BranchId target) throws IOException {
    long start = System.nanoTime();
    Path data = storage().cloneVolume(source, target);
    double millis = Timed.millisSince(start);
    requireContent(data);
    return millis;
  }

  private static void requireContent(Path data) throws IOException {
    if (Files.size(data.resolve("file-" + (FILES - 1))) != FILE_BYTES) {
      throw new IllegalStateException("the clone in " + data + " lacks content");
    }
  }

  // One clone tells little on a noisy machine, so the first tenth stands for the first one and the
  // last tenth for the last.
  private void addGrowth(Report report, BranchId source) throws IOException {
    List<BranchId> targets = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < clones; i++) {
      BranchId target = BranchId.random();
      times.add(timeClone(source, target));
      targets.add(target);
    }
    int tenth = Math.max(1, clones / 10);
    String first = "bpg, first " + tenth + " clones";
    Samples early = new Samples(times.subList(0, tenth));
    report.add(Result.of(first, early));
    Samples late = new Samples(times.subList(clones - tenth, clones));
    report.add(Result.of("bpg, last " + tenth + " of " + clones, late, first, early));
    List<Double> deletions = new ArrayList<>();
    for (BranchId target : targets) {
      long start = System.nanoTime();
      storage().deleteVolume(target);
      deletions.add(Timed.millisSince(start));
    }
    report.add(Result.of("bpg, delete each of " + clones, new Samples(deletions)));
  }

  private ZfsStorage storage() {
    return Objects.requireNonNull(storage);
  }

  private Path folder(String name) {
    return Objects.requireNonNull(root).resolve(name);
  }
}
