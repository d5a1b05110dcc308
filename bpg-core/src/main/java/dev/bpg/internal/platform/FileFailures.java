package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the system refused of a file, in words. */
public final class FileFailures {

  private FileFailures() {}

  /** The reason, also where the exception's message is the path alone. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (e instanceof FileSystemException named && named.getReason() == null) {
      return e.getClass().getSimpleName() + " of " + named.getFile();
    }
    return String.valueOf(e.getMessage());
  }
}
