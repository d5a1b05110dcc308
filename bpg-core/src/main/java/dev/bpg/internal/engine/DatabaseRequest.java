package dev.bpg.internal.engine;

import dev.bpg.internal.postgres.SqlScript;
import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a caller asked for.
 *
 * @param name the new database's main branch
 * @param version the major version of Postgres; empty for the newest there is
 * @param settings server settings
 * @param scripts SQL to run before it is handed out, in this order
 */
public record DatabaseRequest(
    BranchName name, OptionalInt version, ServerSettings settings, List<SqlScript> scripts) {

  /** Copies the list. */
  public DatabaseRequest {
    scripts = List.copyOf(scripts);
  }
}
