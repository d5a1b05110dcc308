package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says what an operation must fail with. */
final class Errors {

  private Errors() {}

  static ZfsException assertFails(Kind kind, String message, ThrowingCallable operation) {
    ZfsException e = catchThrowableOfType(ZfsException.class, operation);
    assertThat(e).as("failure").isNotNull();
    assertThat(e.getMessage()).isEqualTo(message);
    assertThat(e.kind()).isEqualTo(kind);
    return e;
  }

  static ZfsException assertFails(Kind kind, int code, String message, ThrowingCallable operation) {
    ZfsException e = assertFails(kind, message, operation);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e.getCause())
        .isInstanceOfSatisfying(
            NativeException.class, call -> assertThat(call.errno()).isEqualTo(code));
    return e;
  }
}
