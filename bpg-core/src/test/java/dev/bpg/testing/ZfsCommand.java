package dev.bpg.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The commands of ZFS, to check the library against and to make what it did not. */
public final class ZfsCommand {

  private ZfsCommand() {}

  /** Runs {@code zfs} and returns the lines that it prints. */
  public static List<String> zfs(String... arguments) {
    return run("zfs", arguments);
  }

  /** Runs {@code zpool} and returns the lines that it prints. */
  public static List<String> zpool(String... arguments) {
    return run("zpool", arguments);
  }

  /** Runs {@code mount} or another program and returns the lines that it prints. */
  public static List<String> run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(command + " ended with " + status + ": " + output);
      }
      return output.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The values of some properties, in their order. */
  public static List<String> get(String of, String... properties) {
    return zfs("get", "-Hpo", "value", String.join(",", properties), of);
  }

  /** The names of everything below a dataset, snapshots included, without the dataset's own. */
  public static List<String> below(String dataset) {
    return zfs("list", "-Hro", "name", "-t", "all", dataset).stream()
        .filter(name -> !name.equals(dataset))
        .map(name -> name.substring(dataset.length() + 1))
        .toList();
  }

  /** The names of all snapshots below a dataset. */
  public static List<String> snapshots(String dataset) {
    return below(dataset).stream().filter(name -> name.contains("@")).toList();
  }

  /** Unmounts everything below a folder, as a restart of the machine does. */
  public static void unmountBelow(Path folder) {
    run("findmnt", "-rno", "TARGET").stream()
        .map(target -> target.replace("\\x20", " "))
        .filter(target -> target.startsWith(folder + "/"))
        .forEach(target -> run("umount", target));
  }
}
