package dev.bpg.internal;

import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which homes keep volumes in one folder. A volume's marker says that it is bpg's, not of which
 * home; so a home that uses a folder outside of itself leaves its path there before its first
 * volume, and nobody takes another home's volumes for orphans.
 */
final class StorageTenants {

  private static final String FOLDER = ".bpg-homes";

  private final Path root;
  private final Path home;

  StorageTenants(Path root, Path home) {
    this.root = root.toAbsolutePath().normalize();
    this.home = home.toAbsolutePath().normalize();
  }

  /** Says that this home has, or is going to have, volumes there. */
  void register() {
    Path file = root.resolve(FOLDER).resolve(UUID.nameUUIDFromBytes(bytes(home)).toString());
    if (root.startsWith(home) || Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes(home));
    } catch (IOException e) {
      throw new UnavailableException(
          "use the storage folder",
          root.toString(),
          "it cannot be written to: " + e,
          "make it writable, or name another one with storage.path",
          e);
    }
  }

  /** The homes beside this one. */
  List<Path> others() {
    List<Path> others = new ArrayList<>(around());
    try (Stream<Path> files = Files.list(root.resolve(FOLDER))) {
      for (Path file : files.toList()) {
        Path tenant = Path.of(Files.readString(file));
        if (!tenant.equals(home)) {
          others.add(tenant);
        }
      }
      return List.copyOf(others);
    } catch (NoSuchFileException e) {
      return List.copyOf(others);
    } catch (IOException e) {
      throw new UnavailableException(
          "read which homes use the storage folder",
          root.toString(),
          e.toString(),
          "make it readable for this user",
          e);
    }
  }

  // One whose volumes are below itself, as they are by default, leaves no path there.
  private List<Path> around() {
    return Stream.<Path>iterate(root, folder -> folder != null, Path::getParent)
        .filter(folder -> !folder.equals(home))
        .filter(folder -> Files.isDirectory(new Home(folder).leases()))
        .filter(folder -> Files.isDirectory(new Home(folder).catalog()))
        .toList();
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }
}
