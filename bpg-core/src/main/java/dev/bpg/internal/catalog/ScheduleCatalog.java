package dev.bpg.internal.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The records of schedules, in {@code <folder>/all/<name>.json}. Safe for use by several threads
 * and processes; changes of one schedule are made under its lock.
 */
public final class ScheduleCatalog {

  private static final String GROUP = "all";

  private final Documents<ScheduleRecord> documents;

  /** A catalog in a folder that is made when something is put into it. */
  public ScheduleCatalog(Path folder) {
    this.documents = new Documents<>(folder, new ScheduleJson());
  }

  /**
   * Adds a record, durably.
   *
   * @return false if the name is taken; nothing changed then
   */
  public boolean create(ScheduleRecord record) throws IOException {
    return documents.create(file(record.name()), record);
  }

  /** Replaces a record, durably. */
  public void replace(ScheduleRecord record) throws IOException {
    documents.prepare(file(record.name()), record).commit();
  }

  /** Removes a record, durably. */
  public void remove(String name) throws IOException {
    documents.remove(file(name));
  }

  /** The record of a name. */
  public Optional<ScheduleRecord> find(String name) throws IOException {
    return documents.read(file(name));
  }

  /** All records that can be read, by name. */
  public List<ScheduleRecord> list() throws IOException {
    return documents.list(GROUP);
  }

  private Path file(String name) {
    return documents.file(GROUP, name);
  }
}
