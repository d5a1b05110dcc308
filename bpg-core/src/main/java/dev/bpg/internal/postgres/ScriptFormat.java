package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.util.HexFormat;

/** The formats that are given for a script by mistake, known by how they begin. */
enum ScriptFormat {
  CUSTOM_DUMP(
      "5047444d50",
      "it is a dump in Postgres' custom format, not SQL",
      "make SQL of it with pg_restore -f script.sql"),
  TAR_DUMP(
      "746f632e64617400",
      "it is a dump in the tar format, not SQL",
      "make SQL of it with pg_restore -f script.sql"),
  GZIP("1f8b", "it is compressed with gzip", "uncompress it with gunzip"),
  ZSTD("28b52ffd", "it is compressed with zstd", "uncompress it with unzstd"),
  LZ4("04224d18", "it is compressed with lz4", "uncompress it with unlz4"),
  UTF_16_LITTLE("fffe", "it is UTF-16 text", "save the script as UTF-8"),
  UTF_16_BIG("feff", "it is UTF-16 text", "save the script as UTF-8");

  private final byte[] beginning;
  private final String reason;
  private final String hint;

  ScriptFormat(String beginning, String reason, String hint) {
    this.beginning = HexFormat.of().parseHex(beginning);
    this.reason = reason;
    this.hint = hint;
  }

  /**
   * Looks at how a script begins, without reading it.
   *
   * @throws RefusedException if it is in one of these formats
   */
  static void check(String name, ScriptInput input) throws IOException {
    for (ScriptFormat format : values()) {
      if (format.begins(input)) {
        throw new RefusedException("run", name, format.reason, format.hint);
      }
    }
  }

  private boolean begins(ScriptInput input) throws IOException {
    for (int i = 0; i < beginning.length; i++) {
      if (input.peek(i) != (beginning[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}
