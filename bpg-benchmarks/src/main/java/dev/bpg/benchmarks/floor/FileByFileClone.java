package dev.bpg.benchmarks.floor;

import dev.bpg.internal.platform.FileStatus;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.internal.platform.NativeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Every file by itself, on one thread or on several, whatever the server writes meanwhile. As root
 * the owner is set, because the server has to own its data; nothing else is kept.
 *
 * @param content how the content of a file gets into another one
 * @param threads how many threads
 */
public record FileByFileClone(Content content, int threads) implements RawClone {

  private static final long AT_MOST = 0x7fff_f000;

  /** How the content of a file gets into another one. */
  public enum Content {
    /** By {@code FICLONE}, which shares it. */
    SHARED,
    /** By {@code sendfile(2)}, which copies it inside the kernel. */
    COPIED
  }

  @Override
  public void make(Path source, Path target) throws IOException, InterruptedException {
    FileStatus owner = FileStatus.of(source.toString());
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(source)) {
      for (Path entry : (Iterable<Path>) walk::iterator) {
        if (Files.isDirectory(entry)) {
          makeFolder(target.resolve(source.relativize(entry)), owner);
        } else {
          files.add(source.relativize(entry));
        }
      }
    }
    if (threads == 1) {
      clone(source, target, files, owner);
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      int size = (files.size() + threads - 1) / threads;
      for (int i = 0; i < files.size(); i += size) {
        List<Path> part = files.subList(i, Math.min(files.size(), i + size));
        tasks.add(() -> clone(source, target, part, owner));
      }
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      pool.shutdown();
    }
  }

  private static void makeFolder(Path folder, FileStatus owner) throws IOException {
    Inodes.makeFolder(folder.toString(), 0700);
    if (Inodes.isRoot()) {
      Inodes.setOwner(folder.toString(), owner.uid(), owner.gid());
    }
  }

  private Void clone(Path source, Path target, List<Path> files, FileStatus owner)
      throws IOException {
    for (Path file : files) {
      try (NativeFile from = NativeFile.open(source.resolve(file).toString());
          NativeFile to = NativeFile.create(target.resolve(file).toString(), 0600)) {
        if (content == Content.SHARED) {
          to.cloneFrom(from);
        } else {
          copy(from, to);
        }
        if (Inodes.isRoot()) {
          to.setOwner(owner.uid(), owner.gid());
        }
      }
    }
    return null;
  }

  private static void copy(NativeFile from, NativeFile to) throws IOException {
    while (to.copyFrom(from, AT_MOST) > 0) {
      continue;
    }
  }

  @Override
  public void delete(Path target) throws IOException {
    try (Stream<Path> walk = Files.walk(target)) {
      for (Path entry : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
