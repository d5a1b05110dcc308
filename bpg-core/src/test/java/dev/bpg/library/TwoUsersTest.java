package dev.bpg.library;

import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Bpg;
import dev.bpg.config.BpgConfig;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.SystemUser;
import dev.bpg.internal.platform.zfs.OtherUser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A home belongs to one user; another one is told so, and changes nothing. */
class TwoUsersTest extends CopyContract {

  @Test
  void theHomeOfAnotherUserIsRefusedAndLeftAsItIs() throws Exception {
    assumeTrue(SystemUser.isRoot(), "needs root to be another user");
    BpgConfig config = library.config().build();
    BpgConfig impossible = library.config().home(Path.of("/proc/bpg")).build();
    // Its classes are loaded by root, from folders that the other user may not read.
    assertThatThrownBy(() -> Bpg.open(impossible)).isInstanceOf(UnavailableException.class);

    assertThatThrownBy(() -> OtherUser.call(() -> Bpg.open(config)))
        .cause()
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot use the home folder "
                + library.home()
                + ": it cannot be made or written to: java.nio.file.AccessDeniedException: "
                + library.home()
                + ": it is read-only\nHINT: make it writable, or name another one with BPG_HOME");

    assertNothingChanged();
    assertThat(query(library.shop(), "SELECT 1")).isEqualTo("1");
  }
}
