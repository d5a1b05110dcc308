package dev.bpg.internal.engine;

import dev.bpg.model.BranchName;
import dev.bpg.model.ServerSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * What a caller asked for.
 *
 * @param name the new database's main branch
 * @param version the major version of Postgres; empty for the newest there is
 * @param settings server settings
 * @param steps what fills it before it is handed out, in this order
 */
public record DatabaseRequest(
    BranchName name, OptionalInt version, ServerSettings settings, List<Step> steps) {

  /** Copies the list. */
  public DatabaseRequest {
    steps = List.copyOf(steps);
  }

  /** Something that fills a new database. */
  public interface Step {
    /** Works on the server over connections of this source. */
    void run(DataSource dataSource) throws IOException, SQLException;
  }
}
