package dev.bpg.internal.server;

import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Short places of a user's own for Unix sockets, whose paths are limited to 107 bytes: {@code
 * $XDG_RUNTIME_DIR/bpg}, else {@code /run/bpg} for root, else {@code /tmp/bpg-<uid>}.
 */
public final class ShortFolders {

  /** How the name of a socket begins; its port follows. */
  public static final String SOCKET_PREFIX = ".s.PGSQL.";

  /** How many bytes the path of a socket may have. */
  public static final int PATH_LIMIT = 107;

  private ShortFolders() {}

  /** All the places where something of a user may be, the one for new things first. */
  public static List<Path> all(int uid) {
    List<Path> bases = new ArrayList<>();
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/") && isOwnedBy(Path.of(runtime), uid)) {
      Path base = Path.of(runtime, "bpg");
      if (base.toString().length() + BranchId.LENGTH + SOCKET_PREFIX.length() + 7 <= PATH_LIMIT) {
        bases.add(base);
      }
    }
    bases.add(uid == 0 ? Path.of("/run/bpg") : Path.of("/tmp/bpg-" + Integer.toUnsignedLong(uid)));
    return bases;
  }

  private static boolean isOwnedBy(Path folder, int uid) {
    try {
      return (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) == uid;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes the place for new things, unless it is there, and checks that it is the user's alone.
   *
   * @param mode its mode, as in {@code rwx------}
   * @throws UnavailableException if it cannot be made or is somebody else's
   */
  public static Path make(int uid, String mode) throws IOException {
    Path base = all(uid).get(0);
    if (!Files.isDirectory(base.getParent())) {
      throw new UnavailableException(
          "make",
          "the folder " + base + " for sockets",
          "there is no folder " + base.getParent(),
          "set XDG_RUNTIME_DIR to a folder of your own");
    }
    SafeFolders.makePrivate(base, mode, uid);
    return base;
  }
}
