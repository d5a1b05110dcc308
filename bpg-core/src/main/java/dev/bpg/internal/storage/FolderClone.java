package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.storage.OnlineCopyRules;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import org.jspecify.annotations.Nullable;

/**
 * The clone of one folder into an empty one, file by file, several at once. Used for one clone.
 *
 * <p>Each folder is a task that splits its entries into more; the fork-join pool hands each thread
 * the tasks of one folder as long as there are others to take, which keeps the threads off each
 * other's folder locks. Files get their attributes at once, folders at the end, because what is
 * made in a folder changes its time, and its mode may forbid to make anything in it.
 */
final class FolderClone {

  // Small enough that the last tasks end together, large enough not to count beside the files.
  private static final int ENTRIES_PER_TASK = 16;

  private record MadeFolder(String relative, FileStatus status) {}

  private final String source;
  private final FileClone files;
  private final @Nullable OnlineCopyRules rules;
  private final CloneFailure failure = new CloneFailure();
  private final Deque<MadeFolder> folders = new ConcurrentLinkedDeque<>();
  private final Queue<String> last = new ConcurrentLinkedQueue<>();

  /**
   * Prepares a clone.
   *
   * @param target an empty folder that belongs to this process
   * @param rules for a source in use; without them nothing is left out, and a file that vanishes is
   *     an error
   */
  FolderClone(Path source, Path target, FileContent content, @Nullable OnlineCopyRules rules)
      throws NativeException {
    this.source = source.toString();
    this.rules = rules;
    this.files = new FileClone(this.source, target.toString(), content, failure::isPresent);
  }

  /**
   * Clones.
   *
   * @throws IOException what the system refused first; other refusals are suppressed ones of it
   * @throws InterruptedException if this thread is interrupted; no other thread works on the target
   *     any more
   */
  void run() throws IOException, InterruptedException {
    folders.addFirst(new MadeFolder("", FileStatus.of(source)));
    CloneThreads.run(new FolderTask(""), failure);
    failure.throwIfPresent();
    // Waiting for threads that are done already does not look at this one's interrupt status.
    throwIfInterrupted();
    for (String relative : last) {
      throwIfInterrupted();
      unlessVanished(relative, () -> files.cloneWhole(relative, FileStatus.of(source + relative)));
    }
    // Newest first: a folder's own folders before it.
    for (MadeFolder folder : folders) {
      if (!removeIfVanished(folder)) {
        files.finishFolder(folder.relative(), folder.status());
      }
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  // A folder that vanished while it was listed left a part of itself in the target. That the data
  // folder itself vanished is an error.
  private boolean removeIfVanished(MadeFolder folder) throws IOException {
    if (rules == null) {
      return false;
    }
    String path = source + folder.relative();
    if (folder.relative().isEmpty()) {
      FileStatus.of(path);
      return false;
    }
    if (FileStatus.ifExists(path).isPresent()) {
      return false;
    }
    FolderRemoval.remove(Path.of(files.target(folder.relative())));
    return true;
  }

  private void cloneEntry(String relative) throws IOException {
    if (rules != null && rules.excludes(Path.of(relative.substring(1)))) {
      return;
    }
    FileStatus status = FileStatus.of(source + relative);
    if (status.isFolder()) {
      files.makeFolder(relative);
      folders.addFirst(new MadeFolder(relative, status));
      new FolderTask(relative).invoke();
    } else if (status.isLink()) {
      files.cloneLink(relative, status);
    } else if (status.isFile()) {
      if (rules != null && rules.last(Path.of(relative.substring(1)))) {
        last.add(relative);
      } else {
        files.clone(relative, status);
      }
    }
    // Sockets and pipes belong to processes, not to the data.
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void unlessVanished(String relative, Step step) throws IOException {
    try {
      step.run();
    } catch (NativeException e) {
      if (rules == null || e.errno() != Errno.ENOENT) {
        throw e;
      }
      files.requireParent(relative);
    } catch (NoSuchFileException e) {
      if (rules == null) {
        throw e;
      }
    }
  }

  private List<String> entries(String relative) throws IOException {
    List<String> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(source + relative))) {
      for (Path entry : stream) {
        String name = entry.getFileName().toString();
        if (name.indexOf('\uFFFD') >= 0) {
          throw new FileSystemException(
              entry.toString(), null, "its name is not in the encoding of this JVM");
        }
        entries.add(relative + "/" + name);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  private final class FolderTask extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final String relative;

    FolderTask(String relative) {
      this.relative = relative;
    }

    @Override
    protected void compute() {
      failure.guard(() -> unlessVanished(relative, this::split));
    }

    private void split() throws IOException {
      List<String> entries = entries(relative);
      List<ForkJoinTask<?>> tasks = new ArrayList<>();
      for (int i = 0; i < entries.size(); i += ENTRIES_PER_TASK) {
        int end = Math.min(entries.size(), i + ENTRIES_PER_TASK);
        tasks.add(new EntriesTask(entries.subList(i, end)));
      }
      invokeAll(tasks);
    }
  }

  private final class EntriesTask extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final transient List<String> entries;

    EntriesTask(List<String> entries) {
      this.entries = entries;
    }

    @Override
    protected void compute() {
      for (String entry : entries) {
        if (failure.isPresent()) {
          return;
        }
        failure.guard(() -> unlessVanished(entry, () -> cloneEntry(entry)));
      }
    }
  }
}
