package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.Durability;
import dev.bpg.internal.platform.DurableFile;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The branches' passwords, one file of mode 0600 each, apart from the catalog so that a record can
 * be shown to anybody. Safe for use by several threads and processes.
 */
public final class Secrets {

  private static final String NEXT = ".next";

  private final Path folder;

  /** Secrets in a folder that is made when something is put into it. */
  public Secrets(Path folder) {
    this.folder = folder;
  }

  /** Stores a branch's password. */
  public void store(BranchId id, String password, Durability durability) throws IOException {
    Files.createDirectories(folder);
    DurableFile.create(
        folder.resolve(id.value()), password.getBytes(StandardCharsets.UTF_8), durability);
  }

  /** A branch's password, if one is stored. */
  public Optional<String> find(BranchId id) throws IOException {
    return read(folder.resolve(id.value()));
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Stores the password that a branch's server is going to be told. Until {@link #commit} or {@link
   * #discard} it is beside the one that is there, so that somebody else can finish what a killed
   * process began.
   */
  public void prepare(BranchId id, String password, Durability durability) throws IOException {
    Files.createDirectories(folder);
    DurableFile.put(next(id), password.getBytes(StandardCharsets.UTF_8), "rw-------", durability);
  }

  /** The password that a branch's server may have been told, and may not. */
  public Optional<String> prepared(BranchId id) throws IOException {
    return read(next(id));
  }

  /** Whether there is one that a branch's server may have been told, and may not. */
  public boolean isPrepared(BranchId id) {
    return Files.exists(next(id));
  }

  /** Puts what was prepared in the place of the branch's password. */
  public void commit(BranchId id, Durability durability) throws IOException {
    Files.move(next(id), folder.resolve(id.value()), StandardCopyOption.ATOMIC_MOVE);
    if (durability == Durability.MACHINE) {
      DurableFile.sync(folder);
    }
  }

  /** Forgets what was prepared, if anything. */
  public void discard(BranchId id, Durability durability) throws IOException {
    DurableFile.delete(next(id), durability);
  }

  private Path next(BranchId id) {
    return folder.resolve(id.value() + NEXT);
  }

  /**
   * Deletes what writers that were killed left beside the passwords.
   *
   * @see DurableFile#sweep
   */
  public void sweep() throws IOException {
    DurableFile.sweep(folder);
  }

  /** The ids of all branches that have one. */
  public List<BranchId> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(NEXT, ""))
          .filter(BranchId::isValid)
          .distinct()
          .map(BranchId::new)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Deletes a branch's password, and what was prepared, if there is any. */
  public void delete(BranchId id, Durability durability) throws IOException {
    discard(id, durability);
    DurableFile.delete(folder.resolve(id.value()), durability);
  }

  /** Makes durable what is stored of a branch that did not need that before. */
  public void sync(BranchId id) throws IOException {
    for (Path file : List.of(folder.resolve(id.value()), next(id))) {
      if (Files.exists(file)) {
        DurableFile.sync(file);
        DurableFile.sync(folder);
      }
    }
  }
}
