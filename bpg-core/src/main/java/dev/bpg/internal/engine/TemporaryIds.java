package dev.bpg.internal.engine;

import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.List;

/**
 * The ids of this process's temporary branches. That they are is written down, durably, before
 * there is anything of them: by that alone a branch is found whose record was not on the disk when
 * the machine crashed.
 */
public interface TemporaryIds {

  /** An id that nothing has. */
  BranchId next() throws IOException;

  /** Writes down ids that were another process's. */
  void add(List<BranchId> ids) throws IOException;
}
