package dev.bpg.diff;

/** In which way an object or a row differs. */
public enum ChangeKind {
  /** It is there now and was not before. */
  ADDED('+'),
  /** It was there before and is not now. */
  REMOVED('-'),
  /** It was there before, and is there in another form now. */
  CHANGED('~');

  private final char sign;

  ChangeKind(char sign) {
    this.sign = sign;
  }

  /** How it is shown in texts: {@code +}, {@code -} or {@code ~}. */
  public char sign() {
    return sign;
  }
}
