package dev.bpg.internal.platform.zfs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** ZFS cannot be used in this process at all; the message says why. */
public final class ZfsUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String hint;

  ZfsUnavailableException(String reason, String hint, @Nullable Throwable cause) {
    super("ZFS is not available here: " + reason, cause);
    this.reason = reason;
    this.hint = hint;
  }

  /** What is missing. */
  public String reason() {
    return reason;
  }

  /** One action that provides it. */
  public String hint() {
    return hint;
  }
}
