package dev.bpg.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Whose files are. */
public final class FileOwner {

  private FileOwner() {}

  /**
   * Gives a file or folder the owner and group of another one; no change unless they differ. A link
   * itself is given away.
   */
  public static void copy(Path from, Path to) throws IOException {
    for (String attribute : List.of("unix:gid", "unix:uid")) {
      Object wanted = Files.getAttribute(from, attribute);
      if (!wanted.equals(Files.getAttribute(to, attribute, LinkOption.NOFOLLOW_LINKS))) {
        Files.setAttribute(to, attribute, wanted, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
