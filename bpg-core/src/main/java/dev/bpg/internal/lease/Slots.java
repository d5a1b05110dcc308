package dev.bpg.internal.lease;

import dev.bpg.internal.platform.Alarm;
import dev.bpg.internal.platform.FolderWatch;
import dev.bpg.internal.platform.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How many servers live in a home, counted over all processes: a file for each, called by the lease
 * that it goes with. Safe for use by several threads and processes.
 */
public final class Slots {

  private static final String LOCK = ".lock";
  private static final String SIGNAL = ".freed";

  private final Path folder;

  /** Slots in a folder that exists. */
  public Slots(Path folder) {
    this.folder = folder;
  }

  /** Takes a slot if fewer than {@code bound} are taken. */
  public Optional<Slot> tryTake(String lease, int bound) throws IOException, InterruptedException {
    try (LockFile lock = LockFile.lock(folder.resolve(LOCK), false)) {
      if (taken().size() >= bound) {
        return Optional.empty();
      }
      Slot slot = new Slot(this, lease, UUID.randomUUID().toString());
      Files.createFile(slot.file());
      return Optional.of(slot);
    }
  }

  /** The slot that was assigned to a branch. */
  public Slot of(String lease, String branch) {
    return new Slot(this, lease, branch);
  }

  /** The slot that a branch of another lease has, from here on this lease's. */
  public Slot takeOver(String from, String branch, String to) throws IOException {
    Slot slot = new Slot(this, to, branch);
    try {
      Files.move(file(from, branch), slot.file());
    } catch (NoSuchFileException e) {
      // Somebody swept it. It counts again from now on.
      Files.createFile(slot.file());
    }
    return slot;
  }

  /** Wakes whoever waits for {@link #changes()}. */
  public void signal() throws IOException {
    Files.write(folder.resolve(SIGNAL), new byte[] {1});
  }

  /** Starts to watch for slots that are freed and for {@link #signal()}. */
  public Changes changes() throws IOException {
    return new Changes(FolderWatch.open(folder));
  }

  /** Tells when it is worth to look again. Not safe for use by several threads. */
  public static final class Changes implements AutoCloseable {
    private final FolderWatch watch;

    private Changes(FolderWatch watch) {
      this.watch = watch;
    }

    /** Waits for the next change; false if the time is over or somebody rang. */
    public boolean await(Alarm alarm, long deadlineNanos) throws IOException, InterruptedException {
      return watch.await(alarm, deadlineNanos) == FolderWatch.Wake.CHANGED;
    }

    @Override
    public void close() {
      watch.close();
    }
  }

  /** Frees all that a lease has. To be called when nothing of the lease lives any more. */
  public void releaseAll(String lease) throws IOException {
    release(name -> name.startsWith(lease + "."));
  }

  /** Frees what belongs to leases that are not there any more. */
  public void sweep(Predicate<String> leaseExists) throws IOException {
    release(name -> !leaseExists.test(name.substring(0, name.indexOf('.'))));
  }

  private void release(Predicate<String> condition) throws IOException {
    List<Path> gone =
        taken().stream().filter(file -> condition.test(file.getFileName().toString())).toList();
    for (Path file : gone) {
      Files.deleteIfExists(file);
    }
    if (!gone.isEmpty()) {
      signal();
    }
  }

  private List<Path> taken() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().indexOf('.') > 0).toList();
    }
  }

  Path file(String lease, String name) {
    return folder.resolve(lease + "." + name);
  }
}
