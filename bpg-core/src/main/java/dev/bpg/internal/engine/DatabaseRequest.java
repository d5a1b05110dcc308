package dev.bpg.internal.engine;

import dev.bpg.model.BranchName;
import dev.bpg.model.CloneScript;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.SpaceLimits;
import dev.bpg.model.VolumeProperties;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a caller asked for.
 *
 * @param name the new database's main branch
 * @param version the major version of Postgres; empty for the newest there is
 * @param image the image; empty for the configured one
 * @param settings server settings
 * @param properties how its volumes are laid out, where the storage can be told
 * @param limits the space of its main branch
 * @param afterClone what is run on each branch of it before that is handed out
 * @param steps what fills it before it is handed out, in this order
 * @param firstData the cluster that it begins with; empty for a new one
 * @param progress is told how far its filling is
 * @param template the fingerprint of what it is made from, if it is to be a template
 */
public record DatabaseRequest(
    BranchName name,
    OptionalInt version,
    Optional<String> image,
    ServerSettings settings,
    VolumeProperties properties,
    SpaceLimits limits,
    List<CloneScript> afterClone,
    List<Step> steps,
    Optional<FirstData> firstData,
    ProgressMeter.Listener progress,
    Optional<String> template) {

  /** Copies the lists. */
  public DatabaseRequest {
    afterClone = List.copyOf(afterClone);
    steps = List.copyOf(steps);
  }

  /** A request for a new cluster, whose progress nobody wants to know. */
  public DatabaseRequest(
      BranchName name,
      OptionalInt version,
      Optional<String> image,
      ServerSettings settings,
      VolumeProperties properties,
      SpaceLimits limits,
      List<CloneScript> afterClone,
      List<Step> steps) {
    this(
        name,
        version,
        image,
        settings,
        properties,
        limits,
        afterClone,
        steps,
        Optional.empty(),
        progress -> {},
        Optional.empty());
  }

  /**
   * The same as a template.
   *
   * @param main the name of its main branch
   * @param fingerprint of what it is made from
   * @param all what fills it instead of the present steps
   */
  DatabaseRequest asTemplate(BranchName main, String fingerprint, Step all) {
    return new DatabaseRequest(
        main,
        version,
        image,
        settings,
        properties,
        limits,
        afterClone,
        List.of(all),
        firstData,
        progress,
        Optional.of(fingerprint));
  }

  /** Something that fills a new database. */
  public interface Step {
    /**
     * Looks at what it needs, before anything is made.
     *
     * @throws dev.bpg.error.BpgException if something is missing
     */
    default void check() throws IOException, InterruptedException {}

    /** Works on the server. */
    void run(NewServer server) throws IOException, SQLException, InterruptedException;
  }
}
