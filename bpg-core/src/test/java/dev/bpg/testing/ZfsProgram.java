package dev.bpg.testing;

import dev.bpg.error.BpgException;
import dev.bpg.internal.storage.zfs.ZfsStorage;
import dev.bpg.model.BranchId;
import java.nio.file.Path;

/**
 * A program that clones a volume again and again and deletes every second clone. It says {@code
 * begin} and the clone's id before each, as a catalog would note it, and {@code failed} with the
 * message, on one line, if that fails.
 */
public final class ZfsProgram {

  private ZfsProgram() {}

  /** Takes the dataset, the folder and the source's id; without one it makes a volume and ends. */
  public static void main(String[] arguments) {
    ZfsStorage storage = new ZfsStorage(arguments[0], Path.of(arguments[1]));
    try {
      if (arguments.length < 3) {
        storage.createVolume(BranchId.random());
        return;
      }
      for (int i = 0; ; i++) {
        BranchId target = BranchId.random();
        System.out.println("begin " + target);
        storage.cloneVolume(new BranchId(arguments[2]), target);
        if (i % 2 == 0) {
          storage.deleteVolume(target);
        }
      }
    } catch (BpgException e) {
      System.out.println("failed " + e.toString().replace('\n', ' '));
      System.exit(1);
    }
  }
}
