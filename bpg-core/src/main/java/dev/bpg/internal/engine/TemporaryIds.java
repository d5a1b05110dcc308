package dev.bpg.internal.engine;

import dev.bpg.model.BranchId;
import java.io.IOException;
import java.util.List;

/**
 * The ids of temporary branches. Each is written down, durably, before there is anything of it: by
 * that alone a branch is found whose record was not on the disk when the machine crashed.
 */
public interface TemporaryIds {

  /** An id that nothing has. */
  BranchId next() throws IOException;

  /** Crosses out, durably, the ids of what is permanent now, whoever wrote them down. */
  void remove(List<BranchId> ids) throws IOException, InterruptedException;
}
