package dev.bpg.model;

import java.util.List;

/**
 * What a clean-up of a WAL archive deleted, or would delete.
 *
 * @param files the names of the files, the oldest first
 * @param bytes the space of all of them
 */
public record WalArchiveCleanup(List<String> files, long bytes) {

  /** Copies the list. */
  public WalArchiveCleanup {
    files = List.copyOf(files);
  }
}
