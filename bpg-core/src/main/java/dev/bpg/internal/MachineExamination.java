package dev.bpg.internal;

import dev.bpg.health.Finding;
import dev.bpg.health.Finding.Area;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.platform.SystemUser;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at the machine, the user and the home folder. Changes nothing. */
final class MachineExamination {

  private static final long MIB = 1 << 20;
  private static final long LITTLE_SPACE = 1024 * MIB;
  // Postgres' dynamic_shared_memory_type is posix by default, which is files here.
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long LITTLE_SHARED_MEMORY = 64 * MIB;
  // Postgres takes up to max_files_per_process, which is 1000, for each session.
  private static final long FEW_FILES = 1024;
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Home home;

  MachineExamination(Home home) {
    this.home = home;
  }

  List<Finding> system() throws IOException {
    List<Finding> findings = new ArrayList<>();
    String system =
        "%s %s on %s, Java %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    findings.add(
        "Linux".equals(System.getProperty("os.name"))
            ? Finding.ok(Area.SYSTEM, system)
            : Finding.problem(Area.SYSTEM, system, "use bpg on Linux"));
    long files = openFiles();
    findings.add(
        files < FEW_FILES
            ? Finding.warning(
                Area.SYSTEM,
                "a process may open " + files + " files only",
                "raise it to " + FEW_FILES + " or more with ulimit -n")
            : Finding.ok(Area.SYSTEM, "a process may open " + files + " files"));
    long shared = Files.getFileStore(SHARED_MEMORY).getUsableSpace();
    findings.add(
        shared < LITTLE_SHARED_MEMORY
            ? Finding.warning(
                Area.SYSTEM,
                shared / MIB + " MiB of shared memory are free",
                "make " + SHARED_MEMORY + " larger: parallel queries need it")
            : Finding.ok(Area.SYSTEM, shared / MIB + " MiB of shared memory are free"));
    return findings;
  }

  // proc(5): the name of the limit, the soft one, the hard one, the unit.
  private static long openFiles() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/limits")).stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.substring("Max open files".length()).strip().split(" +")[0])
        .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  List<Finding> home() throws IOException {
    List<Finding> findings = new ArrayList<>();
    Path folder = home.folder();
    FileStore store = Files.getFileStore(folder);
    long free = store.getUsableSpace();
    String text = folder + " is on " + store.type() + ", " + free / MIB + " MiB are free";
    findings.add(
        free < LITTLE_SPACE
            ? Finding.warning(Area.HOME, text, "free some space on that file system")
            : Finding.ok(Area.HOME, text));
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(folder);
    open.retainAll(OF_OTHERS);
    if (!open.isEmpty()) {
      findings.add(
          Finding.warning(Area.HOME, folder + " is open to other users", "run chmod go-rw on it"));
    }
    for (Path part :
        List.of(home.catalog(), home.snapshots(), home.secrets(), home.locks(), home.leases())) {
      if (!Files.isDirectory(part) || !Files.isWritable(part)) {
        findings.add(
            Finding.problem(
                Area.HOME,
                part + " is missing or cannot be written to",
                "make it a folder that is writable for this user"));
      }
    }
    return findings;
  }

  List<Finding> rights() throws IOException {
    String user =
        SystemUser.current().map(SystemUser::name).orElse("a user without a name")
            + " ("
            + SystemUser.currentUid()
            + ")";
    return List.of(
        Finding.ok(
            Area.RIGHTS,
            SystemUser.isRoot()
                ? "this is " + user + "; servers run as another user"
                : "this is " + user + ", and so are servers; the storage zfs needs root"));
  }
}
