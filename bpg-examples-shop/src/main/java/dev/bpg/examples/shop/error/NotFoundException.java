package dev.bpg.examples.shop.error;

/** Something that was asked for by its id or code is not there. */
public final class NotFoundException extends RuntimeException {

  /** Names what is missing, such as {@code product 7}. */
  public NotFoundException(String what) {
    super("there is no " + what);
  }
}
