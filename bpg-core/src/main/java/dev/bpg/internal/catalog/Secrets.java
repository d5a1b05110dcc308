package dev.bpg.internal.catalog;

import dev.bpg.internal.platform.DurableFile;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The branches' passwords, one file of mode 0600 each, apart from the catalog so that a record can
 * be shown to anybody. Safe for use by several threads and processes.
 */
public final class Secrets {

  private final Path folder;

  /** Secrets in a folder that is made when something is put into it. */
  public Secrets(Path folder) {
    this.folder = folder;
  }

  /** Stores a branch's password, durably. */
  public void store(BranchId id, String password) throws IOException {
    Files.createDirectories(folder);
    DurableFile.create(folder.resolve(id.value()), password.getBytes(StandardCharsets.UTF_8));
  }

  /** A branch's password, if one is stored. */
  public Optional<String> find(BranchId id) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(id.value())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Deletes what writers that were killed left beside the passwords.
   *
   * @see DurableFile#sweep
   */
  public void sweep() throws IOException {
    DurableFile.sweep(folder);
  }

  /** Deletes a branch's password if one is stored. */
  public void delete(BranchId id) throws IOException {
    DurableFile.delete(folder.resolve(id.value()));
  }
}
