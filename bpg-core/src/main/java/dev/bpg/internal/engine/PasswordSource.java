package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.Optional;

/** Where the passwords of branches come from. Safe for use by several threads and processes. */
interface PasswordSource {

  /** A new branch's password. */
  RolePassword make(BranchRecord record) throws IOException;

  /** A branch's password, made now if it has none, for a server that was just started. */
  RolePassword present(BranchRecord record) throws IOException;

  /** A branch's password, which its server may have to be told yet; empty if it has none. */
  Optional<String> find(BranchRecord record) throws IOException;

  /** Has what takes a branch's place take its password too. */
  void copy(BranchRecord from, BranchId to) throws IOException;

  /**
   * Begins to give a branch another password. From here on it is unsettled. If it fails, the
   * branch's password is what it was, unless somebody else keeps it.
   */
  Undo rotate(BranchRecord record) throws IOException;

  /** Whether the server of a branch may have to be told its password yet. */
  boolean isUnsettled(BranchId id) throws IOException;

  /** What the server of an unsettled branch has to be told. */
  RolePassword next(BranchRecord record) throws IOException;

  /** Notes that the server of an unsettled branch was told. */
  void settle(BranchRecord record) throws IOException;

  /** What an unsettled branch's server may have instead; empty if that is not known. */
  Optional<RolePassword> previous(BranchId id) throws IOException;

  /** Takes back that a rotation began. */
  interface Undo {
    void run() throws IOException;

    /** Does so after a failure, which is the one to be shown, interrupted or not. */
    static void after(Throwable first, Undo undo) {
      try {
        Uninterruptibly.call(
            () -> {
              undo.run();
              return true;
            });
      } catch (IOException | InterruptedException | RuntimeException e) {
        first.addSuppressed(e);
      }
    }
  }

  /** The source that a home has. */
  static PasswordSource of(Parts parts) {
    return parts
        .passwordProvider()
        .<PasswordSource>map(provider -> new ProvidedPasswords(provider, parts.secrets()))
        .orElseGet(() -> new StoredPasswords(parts.secrets()));
  }
}
