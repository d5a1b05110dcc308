package dev.bpg.internal.tls;

import dev.bpg.internal.platform.DurableFile;
import dev.bpg.internal.platform.FileOwner;
import dev.bpg.model.BranchId;
import dev.bpg.model.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The certificates of a home's servers: a folder for each incarnation of a branch, named by its id,
 * with a file of key and certificate that only the server's user can read, and one of the authority
 * for everybody. Whatever becomes of the database's name, a running server and what its clients
 * trust belong together. They go with their branch.
 */
public final class Certificates {

  private static final String AUTHORITY = "ca.crt";

  private final Path folder;
  private final Function<String, Tls> choices;

  /**
   * Certificates in a folder that exists.
   *
   * @param choices what is configured for a database
   */
  public Certificates(Path folder, Function<String, Tls> choices) {
    this.folder = folder;
    this.choices = choices;
  }

  /** What is configured for a database. */
  public Tls choice(String database) {
    return choices.apply(database);
  }

  /** The folder of one server; it need not exist. */
  public Path folder(BranchId id) {
    return folder.resolve(id.value());
  }

  /** The file of a server's key and certificate, of a type; it need not exist. */
  public Path server(BranchId id, Tls.Type type) {
    return folder(id).resolve(type == Tls.Type.GENERATED ? "generated.pem" : "own.pem");
  }

  /** The file of the authority's certificate; it need not exist. */
  public Path authority(BranchId id) {
    return folder(id).resolve(AUTHORITY);
  }

  /** What was kept of a type for a server; the authority's is the last certificate of the file. */
  public Optional<ServerCertificate> find(BranchId id, Tls.Type type) throws IOException {
    try {
      String text = Files.readString(server(id, type), StandardCharsets.ISO_8859_1);
      List<String> blocks = ServerCertificate.blocks(text);
      return Optional.of(
          new ServerCertificate(text, blocks.isEmpty() ? "" : blocks.get(blocks.size() - 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps a generated certificate, unless somebody else has just kept another one.
   *
   * @param data a data folder, whose owner runs the server
   * @return whether it was kept
   */
  public boolean create(BranchId id, ServerCertificate certificate, Path data) throws IOException {
    Path file = server(id, Tls.Type.GENERATED);
    makeFolder(id);
    try {
      DurableFile.create(file, certificate.server().getBytes(StandardCharsets.ISO_8859_1));
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    FileOwner.copy(data, file);
    return true;
  }

  /** Keeps a certificate in the place of what was there. */
  public void put(BranchId id, Tls.Type type, ServerCertificate certificate, Path data)
      throws IOException {
    makeFolder(id);
    DurableFile.put(
        server(id, type), certificate.server().getBytes(StandardCharsets.ISO_8859_1), "rw-------");
    FileOwner.copy(data, server(id, type));
  }

  /** Has clients trust a certificate's authority, and the server's user read its key. */
  public void publish(BranchId id, Tls.Type type, ServerCertificate certificate, Path data)
      throws IOException {
    FileOwner.copy(data, server(id, type));
    byte[] text = certificate.authority().getBytes(StandardCharsets.ISO_8859_1);
    Path file = authority(id);
    if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), text)) {
      DurableFile.put(file, text, "rw-r--r--");
    }
  }

  // The server's user passes through it, and so may others for the authority's certificate.
  private void makeFolder(BranchId id) throws IOException {
    if (!Files.isDirectory(folder(id), LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder(id));
      DurableFile.sync(folder);
    }
    Files.setPosixFilePermissions(folder(id), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The ids of all that have one. */
  public List<BranchId> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(BranchId::isValid)
          .map(BranchId::new)
          .toList();
    }
  }

  /** Deletes what is kept for some incarnations. No error if there is nothing. */
  public void delete(List<BranchId> ids) throws IOException {
    for (BranchId id : ids) {
      delete(folder(id));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(folder);
  }
}
