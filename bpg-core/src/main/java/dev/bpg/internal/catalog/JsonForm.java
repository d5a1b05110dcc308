package dev.bpg.internal.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;

/**
 * A value as a JSON document with a schema version, and back. Written by hand over Jackson's tree
 * model: binding by reflection costs a cold JVM more than making a branch does.
 */
abstract class JsonForm<T> implements Documents.Form<T> {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final int schemaVersion;

  /**
   * A form.
   *
   * @param schemaVersion raised when a document changes so that older code would read it wrongly;
   *     every older version can be read, and becomes this one when the document is next written
   */
  JsonForm(int schemaVersion) {
    this.schemaVersion = schemaVersion;
  }

  /** Puts a value's parts into an object. */
  abstract void fill(ObjectNode root, T value);

  /**
   * Reads a value's parts.
   *
   * @throws IOException or {@link IllegalArgumentException} or {@link DateTimeException} if it is
   *     damaged
   */
  abstract T value(JsonFields root) throws IOException;

  @Override
  public final byte[] write(T value) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schemaVersion", schemaVersion);
    fill(root, value);
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
  }

  /**
   * Reads a document.
   *
   * @throws RefusedException if it is of a newer schema version
   * @throws UnavailableException if it is damaged
   */
  @Override
  public final T read(byte[] json, Path file) {
    try {
      JsonFields root = new JsonFields(MAPPER.readTree(json));
      int version = root.integer("schemaVersion");
      if (version > schemaVersion) {
        throw new RefusedException(
            "read catalog file",
            file.toString(),
            "it has schema version "
                + version
                + " and this bpg knows versions up to "
                + schemaVersion,
            "use the newer bpg that wrote it");
      }
      return value(root);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new UnavailableException(
          "read catalog file",
          file.toString(),
          "it is damaged",
          "put the record before it back: mv '" + Documents.previous(file) + "' '" + file + "'",
          e);
    }
  }
}
