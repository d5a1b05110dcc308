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

  /**
   * An id for another incarnation of a temporary branch.
   *
   * @param owner the lease that the branch goes with, maybe another process's
   */
  BranchId next(String owner) throws IOException;

  /** Writes down ids that were another process's. */
  void add(List<BranchId> ids) throws IOException;

  /** Crosses out ids of what is permanent now, whoever wrote them down. */
  void remove(List<BranchId> ids) throws IOException;
}
