package dev.bpg.internal.storage;

import dev.bpg.error.NativeException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.FileExtents;
import dev.bpg.internal.platform.FileStatus;
import dev.bpg.model.SpaceUsage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Adds up the space of the files in a folder. */
public final class VolumeSpace {

  /** What space one file takes. */
  @FunctionalInterface
  public interface FileSpace {
    /** The space of a regular file. */
    SpaceUsage of(String path) throws NativeException;
  }

  /** Counts what the file system has set aside, for files that share nothing. */
  public static final FileSpace ALLOCATED =
      path -> {
        long allocated = FileStatus.of(path).allocated();
        return new SpaceUsage(allocated, allocated);
      };

  /** Counts shared extents as referenced only. */
  public static final FileSpace EXTENTS =
      path -> {
        FileExtents extents = FileExtents.of(path);
        return new SpaceUsage(extents.exclusive(), extents.exclusive() + extents.shared());
      };

  private VolumeSpace() {}

  /**
   * The space of all regular files below a folder, which may be in use: a file that vanishes counts
   * as 0.
   *
   * @throws UnavailableException if a file cannot be looked at
   */
  public static SpaceUsage of(Path data, FileSpace files) {
    Sum sum = new Sum(files);
    try {
      Files.walkFileTree(data, sum);
    } catch (IOException e) {
      throw StorageErrors.unavailable("measure volume", data, e);
    }
    return new SpaceUsage(sum.used, sum.referenced);
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private final FileSpace files;
    private long used;
    private long referenced;

    Sum(FileSpace files) {
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && attributes.size() > 0) {
        add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(Path file) throws NativeException {
      try {
        SpaceUsage space = files.of(file.toString());
        used += space.used();
        referenced += space.referenced();
      } catch (NativeException e) {
        if (e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      return continueIfVanished(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      return e == null ? FileVisitResult.CONTINUE : continueIfVanished(e);
    }

    private static FileVisitResult continueIfVanished(IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
