package dev.bpg.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.testing.Libraries;
import dev.bpg.testing.Library;
import dev.bpg.testing.TestStorage;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the library on one home; what a test leaves there is deleted after it. */
@ExtendWith(Libraries.class)
abstract class LibraryContract {

  protected Library library;
  protected Bpg bpg;
  private Set<String> files;
  private Set<String> servers;

  /** The storage that the home is on. */
  protected abstract TestStorage storage();

  @BeforeEach
  final void open(Libraries.Opened libraries) throws IOException {
    assumeTrue(storage().isSelected(), "another storage is tested here");
    library = libraries.on(storage());
    bpg = library.bpg();
    files = library.files();
    servers = library.servers();
  }

  @AfterEach
  final void deleteWhatIsLeft() {
    if (library != null) {
      library.deleteWhatTestsLeft();
    }
  }

  /** A branch that a test may write to, stop and branch from. */
  protected final Branch parent() {
    return bpg.from(Library.SHOP).fast().create();
  }

  /** Nothing has come to be, or gone, since the test began. */
  protected final void assertNothingChanged() throws IOException {
    assertThat(library.files()).isEqualTo(files);
    assertThat(library.servers()).isEqualTo(servers);
  }
}
