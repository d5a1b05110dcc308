package dev.bpg.model;

import java.util.List;
import java.util.Optional;

/**
 * What a branch's WAL archive holds.
 *
 * @param segments the number of WAL segments
 * @param bytes the space of all files, compressed as they are
 * @param oldest the name of the oldest segment
 * @param newest the name of the newest segment
 * @param gaps where segments are missing in between, such as {@code 000000010000000000000003 to
 *     000000010000000000000004}
 */
public record WalArchiveInfo(
    long segments,
    long bytes,
    Optional<String> oldest,
    Optional<String> newest,
    List<String> gaps) {

  /** Copies the list. */
  public WalArchiveInfo {
    gaps = List.copyOf(gaps);
  }
}
