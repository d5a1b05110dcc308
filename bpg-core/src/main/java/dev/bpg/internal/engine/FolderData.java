package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.postgres.ForeignConfiguration;
import dev.bpg.internal.postgres.ForeignFolder;
import dev.bpg.model.ImportProgress.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The data folder of a cluster that was shut down, of which a copy is taken.
 *
 * @param path the folder
 * @param keepsConfiguration whether its configuration comes with it
 */
public record FolderData(Path path, boolean keepsConfiguration) implements FirstData {

  @Override
  public Examined examine() throws IOException {
    ForeignFolder folder = ForeignFolder.of(path);
    if (keepsConfiguration) {
      ForeignConfiguration.check(folder.path());
    }
    return new Found(folder, keepsConfiguration);
  }

  private record Found(ForeignFolder folder, boolean keepsConfiguration) implements Examined {

    @Override
    public String subject() {
      return folder.subject();
    }

    @Override
    public int major() {
      return folder.major();
    }

    @Override
    public void fill(Path data, Storages storages, ProgressMeter.Listener progress)
        throws IOException, InterruptedException {
      if (data.toRealPath().startsWith(folder.path())) {
        throw new RefusedException(
            OPERATION,
            subject(),
            "the copy would come to lie inside of it, at " + data,
            "set home or storage.path to a folder outside of it");
      }
      ProgressMeter meter =
          new ProgressMeter(progress, Phase.COPY, OptionalLong.of(folder.bytes()));
      storages.fill(folder.path(), data, meter::add);
      folder.requireUnchanged();
      meter.finish();
    }
  }
}
