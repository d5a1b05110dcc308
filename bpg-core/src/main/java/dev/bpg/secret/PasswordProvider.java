package dev.bpg.secret;

import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;

/**
 * Gives branches the passwords of their superuser, from a vault for example. Where one is
 * configured, bpg stores no password: it asks whenever it needs one.
 *
 * <p>It is called by several threads at once, and has to be safe for that. A call may come while
 * the branch is locked, so it must not use that branch; it may block, and should end when its
 * thread is interrupted. bpg never logs what it returns, and puts it in no message, no file and no
 * command line; what it throws becomes the cause of bpg's error, so it should not say the password
 * either.
 *
 * <p>A password has at least one character and no control characters. A short one is no stronger
 * for being hashed: use at least 16 random characters.
 */
@FunctionalInterface
public interface PasswordProvider {

  /**
   * The password of a branch. Asked when a branch is made, started or rotated, by {@code
   * getPassword()}, and for each connection of a data source.
   *
   * <p>It has to be the same at each call, in every process that has the home open, until {@link
   * #rotate} or a change outside of bpg. After the latter, or when it depends on a name and the
   * branch was renamed, {@code rotatePassword()} has the running server take what this returns. A
   * branch that is reset gets another id.
   *
   * @param branch the branch's name as of now
   * @param id its id
   */
  String password(BranchName branch, BranchId id);

  /**
   * Chooses another password for a branch, which {@link #password} returns from then on. Does
   * nothing by default: the password was changed before, in the vault, and {@link #password} tells.
   *
   * @param branch the branch's name as of now
   * @param id its id
   */
  default void rotate(BranchName branch, BranchId id) {}
}
