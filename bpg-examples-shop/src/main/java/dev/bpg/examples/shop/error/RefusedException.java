package dev.bpg.examples.shop.error;

/** A rule of the shop does not allow what was asked for; nothing was changed. */
public final class RefusedException extends RuntimeException {

  /** Says which rule, for the one who asked. */
  public RefusedException(String rule) {
    super(rule);
  }

  /** Says which rule, and what the database said. */
  public RefusedException(String rule, Throwable cause) {
    super(rule, cause);
  }
}
