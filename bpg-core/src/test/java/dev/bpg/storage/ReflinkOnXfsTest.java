package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.storage.reflink.ReflinkStorage;
import dev.bpg.testing.Ability;
import dev.bpg.testing.RealStorages;
import dev.bpg.testing.Subject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@Subject("reflink")
class ReflinkOnXfsTest extends OnlineCopyContract {

  @Override
  Path newFolder() throws IOException {
    return RealStorages.onXfs();
  }

  @Override
  OnlineCopyStorage storage(Path root) {
    return new ReflinkStorage(root);
  }

  @Test
  void worksHereAndProbesWithoutATrace() {
    assertThat(ReflinkStorage.missing(root)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @Ability("Clones share with their source what neither has written")
  void clonesShareWhatNeitherHasWritten() throws IOException {
    SharingContract.clonesShareWhatNeitherHasWritten(this);
  }
}
