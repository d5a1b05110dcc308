package dev.bpg.model;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * SQL that is run on each branch of a branch before it is handed out: to mask what nobody may see
 * in a copy of production data, for example.
 *
 * @param name what messages call it
 * @param database the SQL database that it is run in
 * @param sql the statements, each of which is run by itself as in {@code psql}
 */
public record CloneScript(String name, String database, String sql) {

  /** A script for the database {@code postgres}. */
  public static CloneScript of(String sql) {
    return new CloneScript("the script after the clone", "postgres", sql);
  }

  /**
   * A script in a UTF-8 file, as it is now, for the database {@code postgres}.
   *
   * @throws NotFoundException if there is no such file
   * @throws RefusedException if it cannot be read
   */
  public static CloneScript ofFile(Path file) {
    try {
      return new CloneScript(file.toString(), "postgres", Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new NotFoundException(
          "read", file.toString(), "there is no such file", "correct the path", e);
    } catch (MalformedInputException e) {
      throw new RefusedException(
          "read", file.toString(), "it is not text in UTF-8", "save it as UTF-8", e);
    } catch (IOException e) {
      throw new RefusedException(
          "read", file.toString(), e.toString(), "make it readable for this user", e);
    }
  }

  /** The same for another SQL database. */
  public CloneScript in(String other) {
    return new CloneScript(name, other, sql);
  }
}
