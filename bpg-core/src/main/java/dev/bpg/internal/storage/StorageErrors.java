package dev.bpg.internal.storage;

import dev.bpg.error.CancelledException;
import dev.bpg.error.NativeException;
import dev.bpg.error.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Says in words why the system refused, and what helps. */
public final class StorageErrors {

  private StorageErrors() {}

  /**
   * The error for a call that failed.
   *
   * @param operation what was tried, such as {@code clone volume}
   * @param subject the path it was tried on
   * @param cause what the system said
   */
  public static UnavailableException unavailable(
      String operation, Path subject, IOException cause) {
    Words words = words(cause);
    String reason = words.reason() + describe(cause);
    return new UnavailableException(operation, subject.toString(), reason, words.hint(), cause);
  }

  /** Why a storage does not work in a folder, in few words for what file systems often lack. */
  static String lacking(IOException cause, String ability) {
    return switch (errno(cause)) {
      case Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ENOSYS -> "the file system has no " + ability;
      default -> words(cause).reason() + describe(cause);
    };
  }

  /** The error for a source that is not there. */
  public static NotFoundException noSource(String operation, BranchId source, Path at) {
    return new NotFoundException(
        operation,
        source.value(),
        "there is no such volume at " + at,
        "list the volumes and name one that exists");
  }

  /** The error for a thread that was interrupted; its status has to be set by the caller. */
  static CancelledException cancelled(String operation, Path subject, InterruptedException cause) {
    return new CancelledException(
        operation,
        subject.toString(),
        "the thread was interrupted",
        "try again; nothing was left behind",
        cause);
  }

  private record Words(String reason, String hint) {}

  private static Words words(IOException cause) {
    return switch (errno(cause)) {
      case Errno.ENOSPC ->
          new Words("no space left", "free space on this file system or delete branches");
      case Errno.EDQUOT -> new Words("the disk quota is used up", "raise the quota");
      case Errno.EROFS ->
          new Words("the file system is read-only", "mount the file system read-write");
      case Errno.EACCES, Errno.EPERM ->
          new Words("permission denied", "run as a user who may read and write there");
      case Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ENOSYS ->
          new Words("the file system cannot do that", "choose another storage or file system");
      case Errno.EXDEV ->
          new Words(
              "the source is on another file system", "keep all volumes below one mount point");
      default -> new Words("the system refused", "check the file system and try again");
    };
  }

  // java.nio.file has a type for denied access and gives all else as text.
  private static int errno(IOException cause) {
    if (cause instanceof NativeException call) {
      return call.errno();
    }
    if (cause instanceof AccessDeniedException) {
      return Errno.EACCES;
    }
    String text = String.valueOf(cause.getMessage());
    if (text.endsWith("No space left on device")) {
      return Errno.ENOSPC;
    }
    if (text.endsWith("Read-only file system")) {
      return Errno.EROFS;
    }
    return text.endsWith("Operation not permitted") ? Errno.EPERM : 0;
  }

  private static String describe(IOException cause) {
    String type = cause instanceof NativeException ? "" : cause.getClass().getSimpleName() + " ";
    return " (" + type + cause.getMessage() + ")";
  }
}
