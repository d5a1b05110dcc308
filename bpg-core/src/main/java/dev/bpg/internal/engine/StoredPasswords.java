package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.Secrets;
import dev.bpg.internal.postgres.RolePassword;
import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.Optional;

/** Random passwords, each in a file of its own. */
final class StoredPasswords implements PasswordSource {

  private final Secrets secrets;

  StoredPasswords(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public RolePassword make(BranchRecord record) throws IOException {
    RolePassword password = RolePassword.random();
    secrets.store(record.id(), password.password(), record.durability());
    return password;
  }

  @Override
  public RolePassword present(BranchRecord record) throws IOException {
    Optional<RolePassword> stored = previous(record.id());
    return stored.isPresent() ? stored.get() : make(record);
  }

  @Override
  public Optional<String> find(BranchRecord record) throws IOException {
    Optional<String> prepared = prepared(record.id());
    return prepared.isPresent() ? prepared : secrets.find(record.id());
  }

  @Override
  public void copy(BranchRecord from, BranchId to) throws IOException {
    Optional<String> password = find(from);
    if (password.isPresent()) {
      secrets.store(to, password.get(), from.durability());
    }
  }

  @Override
  public Undo rotate(BranchRecord record) throws IOException {
    Optional<String> before = secrets.prepared(record.id());
    Undo undo = () -> putBack(record, before);
    try {
      secrets.prepare(record.id(), RolePassword.randomText(), record.durability());
      return undo;
    } catch (Throwable first) {
      Undo.after(first, undo);
      throw first;
    }
  }

  private void putBack(BranchRecord record, Optional<String> prepared) throws IOException {
    if (prepared.isPresent()) {
      secrets.prepare(record.id(), prepared.get(), record.durability());
    } else {
      secrets.discard(record.id(), record.durability());
    }
  }

  @Override
  public boolean isUnsettled(BranchId id) throws IOException {
    return secrets.isPrepared(id);
  }

  @Override
  public RolePassword next(BranchRecord record) throws IOException {
    Optional<RolePassword> prepared = prepared(record.id()).map(RolePassword::of);
    if (prepared.isPresent()) {
      return prepared.get();
    }
    RolePassword made = RolePassword.random();
    secrets.prepare(record.id(), made.password(), record.durability());
    return made;
  }

  // Nothing is in it if it was left by somebody who had a provider.
  private Optional<String> prepared(BranchId id) throws IOException {
    return secrets.prepared(id).filter(password -> !password.isEmpty());
  }

  @Override
  public void settle(BranchRecord record) throws IOException {
    secrets.commit(record.id(), record.durability());
  }

  @Override
  public Optional<RolePassword> previous(BranchId id) throws IOException {
    return secrets.find(id).map(RolePassword::of);
  }
}
