package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.model.BranchId;
import dev.bpg.secret.PasswordProvider;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that a user's provider gives, of which nothing is stored. That a branch is unsettled is
 * noted by an empty file.
 */
final class ProvidedPasswords implements PasswordSource {

  private final PasswordProvider provider;
  private final Secrets secrets;

  ProvidedPasswords(PasswordProvider provider, Secrets secrets) {
    this.provider = provider;
    this.secrets = secrets;
  }

  /** {@inheritDoc} A password that was stored before there was a provider is deleted. */
  @Override
  public RolePassword present(BranchRecord record) throws IOException {
    RolePassword password = make(record);
    secrets.delete(record.id(), record.durability());
    return password;
  }

  @Override
  public RolePassword make(BranchRecord record) {
    String given = password(record);
    try {
      return RolePassword.of(given);
    } catch (RuntimeException e) {
      // Of some, SASLprep leaves nothing. Without its cause, whose message may show the password.
      throw refused(
          record,
          "the password provider gave one that SCRAM does not allow",
          "have it return one of letters and digits");
    }
  }

  @Override
  public Optional<String> find(BranchRecord record) {
    return Optional.of(password(record));
  }

  @Override
  public void copy(BranchRecord from, BranchId to) {
    // The provider is asked for that of the other id when it is started.
  }

  /**
   * {@inheritDoc} But whatever the provider answers, it may have another password from then on. So
   * the note stays, which says no more than that the server is to be told what the provider says.
   */
  @Override
  public Undo rotate(BranchRecord record) throws IOException {
    secrets.prepare(record.id(), "", record.durability());
    try {
      provider.rotate(record.name(), record.id());
    } catch (RuntimeException e) {
      throw failed("rotate the password of", record, e);
    }
    make(record);
    return () -> {};
  }

  @Override
  public boolean isUnsettled(BranchId id) throws IOException {
    return secrets.isPrepared(id);
  }

  @Override
  public RolePassword next(BranchRecord record) {
    return make(record);
  }

  @Override
  public void settle(BranchRecord record) throws IOException {
    secrets.delete(record.id(), record.durability());
  }

  /** {@inheritDoc} The provider has forgotten it, so a rotation that failed is completed later. */
  @Override
  public Optional<RolePassword> previous(BranchId id) {
    return Optional.empty();
  }

  private String password(BranchRecord branch) {
    String given = ask(branch);
    if (given == null || given.isEmpty()) {
      throw refused(branch, "the password provider gave none", "have it return one");
    }
    if (given.chars().anyMatch(Character::isISOControl)) {
      throw refused(
          branch,
          "the password provider gave one with control characters",
          "have it return one without line ends and the like");
    }
    return given;
  }

  private @Nullable String ask(BranchRecord branch) {
    try {
      return provider.password(branch.name(), branch.id());
    } catch (RuntimeException e) {
      throw failed("get the password of", branch, e);
    }
  }

  private static UnavailableException failed(
      String operation, BranchRecord branch, RuntimeException e) {
    return new UnavailableException(
        operation,
        branch.name().toString(),
        "the password provider threw " + e.getClass().getName(),
        "see to what the cause says, and call it again",
        e);
  }

  private static RefusedException refused(BranchRecord branch, String reason, String hint) {
    return new RefusedException("get the password of", branch.name().toString(), reason, hint);
  }
}
