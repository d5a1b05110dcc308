package dev.bpg.internal.platform.zfs;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is being done, for messages.
 *
 * @param verb such as {@code create dataset}
 * @param subject what it is done to, such as {@code tank/a@s to tank/b}
 * @param dataset in whose pool it is done
 * @param grants the rights that it takes; empty if only root may, or all
 */
record Operation(String verb, String subject, DatasetName dataset, List<Grant> grants) {

  /**
   * Rights as {@code zfs allow} calls them.
   *
   * @param permissions such as {@code create,mount}
   * @param dataset where they are needed
   */
  record Grant(String permissions, DatasetName dataset) {

    /** The rights to do something below a dataset's parent, where they have to be granted. */
    static Grant above(String permissions, DatasetName child) {
      return new Grant(permissions, child.parent().orElse(child));
    }

    String command() {
      return "zfs allow "
          + System.getProperty("user.name")
          + " "
          + permissions
          + " "
          + (dataset.value().indexOf(' ') < 0 ? dataset : "'" + dataset + "'");
    }
  }

  /** An operation that nobody needs rights for, or that cannot be granted. */
  Operation(String verb, String subject, DatasetName dataset) {
    this(verb, subject, dataset, List.of());
  }

  /** An operation that takes rights on the dataset itself. */
  Operation(String verb, String subject, DatasetName dataset, String permissions) {
    this(verb, subject, dataset, List.of(new Grant(permissions, dataset)));
  }

  ZfsException failed(ZfsException.Kind kind, int code, String reason) {
    return failed(kind, code, reason, null, Map.of());
  }

  ZfsException failed(
      ZfsException.Kind kind,
      int code,
      String reason,
      @Nullable String hint,
      Map<String, Integer> entries) {
    return new ZfsException(
        this, kind, reason, hint, code, entries, code == 0 ? null : ZfsCodes.failed(verb, code));
  }

  /** The error of a call that means the same for every operation. */
  ZfsException failed(int code) {
    return failed(code, Map.of());
  }

  ZfsException failed(int code, Map<String, Integer> entries) {
    return CommonErrors.translate(this, code, entries);
  }
}
