package dev.bpg.internal.postgres;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.platform.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration that came with data from elsewhere. It is kept, but for what a copy must not do
 * in the original's name or cannot do here. Where the server listens, who may connect and that it
 * does not archive is on the command line of every start, and so not looked at.
 */
public final class ForeignConfiguration {

  private static final String MAIN = "postgresql.conf";
  private static final String AUTO = "postgresql.auto.conf";

  // As Postgres' own scanner of configuration files: the equals sign and the quotes are optional.
  private static final Pattern INCLUDE =
      Pattern.compile(
          "^\\s*(include|include_if_exists|include_dir)\\b\\s*=?\\s*(?:'((?:[^']|'')*)'|(\\S+))",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern MINIMAL_WAL =
      Pattern.compile(
          "^\\s*wal_level\\s*=?\\s*'?minimal\\b", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private ForeignConfiguration() {}

  /**
   * Checks a folder that is to be copied with its configuration.
   *
   * @throws RefusedException if a file of the configuration includes one from outside of the folder
   */
  public static void check(Path data) throws IOException {
    for (String name : new String[] {MAIN, AUTO}) {
      if (Files.exists(data.resolve(name))) {
        check(data, data.resolve(name), 0);
      }
    }
  }

  // Postgres itself gives up at ten levels.
  private static void check(Path data, Path file, int depth) throws IOException {
    Matcher include = INCLUDE.matcher(text(file));
    while (include.find()) {
      String quoted = include.group(2);
      String value = quoted != null ? quoted.replace("''", "'") : include.group(3);
      Path included = file.resolveSibling(value).normalize();
      if (Path.of(value).isAbsolute() || !included.startsWith(data)) {
        throw new RefusedException(
            ForeignFolder.OPERATION,
            ForeignFolder.subject(data),
            data.relativize(file) + " includes " + value + ", which is outside of the folder",
            "leave its configuration behind with DataFolderOption.WITHOUT_CONFIGURATION");
      }
      boolean folder = include.group(1).toLowerCase(Locale.ROOT).equals("include_dir");
      if (depth < 10 && !folder && Files.isRegularFile(included)) {
        check(data, included, depth + 1);
      } else if (depth < 10 && Files.isDirectory(included)) {
        try (var entries = Files.newDirectoryStream(included, "*.conf")) {
          for (Path entry : entries) {
            check(data, entry, depth + 1);
          }
        }
      }
    }
  }

  // Latin-1 reads any encoding, and what is looked for is ASCII.
  private static String text(Path file) throws IOException {
    return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /**
   * Makes a fresh copy's configuration fit for a server of bpg's.
   *
   * @param keep whether its own is kept; else, and where there is none, bpg's defaults take its
   *     place
   */
  public static void adapt(Path data, int major, boolean keep) throws IOException {
    // A server starts on no other but 0700 and 0750, and the original's group is none here.
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    for (String name : FolderScan.UNREAD) {
      Files.deleteIfExists(data.resolve(name));
    }
    if (!keep) {
      Files.deleteIfExists(data.resolve(MAIN));
      Files.deleteIfExists(data.resolve(AUTO));
    }
    boolean minimal = false;
    if (Files.exists(data.resolve(MAIN), LinkOption.NOFOLLOW_LINKS)) {
      minimal = MINIMAL_WAL.matcher(text(data.resolve(MAIN))).find();
    } else {
      Files.createFile(data.resolve(MAIN));
      DefaultConfiguration.appendTo(data);
    }
    Path auto = data.resolve(AUTO);
    minimal |= Files.exists(auto) && MINIMAL_WAL.matcher(text(auto)).find();
    append(auto, overrides(major, minimal, capacities(data, keep)));
    for (String name : new String[] {MAIN, AUTO}) {
      Files.setPosixFilePermissions(
          data.resolve(name), PosixFilePermissions.fromString("rw-------"));
      FileOwner.copy(data, data.resolve(name));
    }
  }

  // What a server was given on its command line, or in files that are elsewhere, is in none of the
  // files here. Of what is left behind, the data itself needs only this one: a server does not
  // start with more prepared transactions than it may have.
  private static Map<String, Integer> capacities(Path data, boolean keep) throws IOException {
    Map<String, Integer> had = ControlFile.of(data).capacities();
    int prepared = had.getOrDefault(ControlFile.MAX_PREPARED_TRANSACTIONS, 0);
    if (keep) {
      return had;
    }
    return prepared == 0 ? Map.of() : Map.of(ControlFile.MAX_PREPARED_TRANSACTIONS, prepared);
  }

  // It is read after postgresql.conf, and of two lines the last one counts.
  private static String overrides(int major, boolean minimal, Map<String, Integer> capacities) {
    Map<String, String> settings = new LinkedHashMap<>();
    capacities.forEach((name, value) -> settings.put(name, value.toString()));
    // Every commit would wait for a standby that is not there.
    settings.put("synchronous_standby_names", "");
    // Certificates are the original's, and a server here is reached from this machine only.
    settings.put("ssl", "off");
    // With certificates of bpg's it would not start without files that did not come along.
    for (String file : new String[] {"ca", "crl", "dh_params"}) {
      settings.put("ssl_" + file + "_file", "");
    }
    settings.put("ssl_crl_dir", "");
    // What the last recovery aimed at, and what it ran: another recovery is told its own.
    for (String target : new String[] {"", "_name", "_time", "_xid", "_lsn"}) {
      settings.put("recovery_target" + target, "");
    }
    settings.put("recovery_end_command", "");
    settings.put("archive_cleanup_command", "");
    settings.put("archive_command", "");
    if (major >= 15) {
      settings.put("archive_library", "");
    }
    if (major == 14) {
      settings.put("stats_temp_directory", "pg_stat_tmp");
    }
    if (minimal) {
      // Branches of a running server need its WAL.
      settings.put("wal_level", "replica");
    }
    StringBuilder text =
        new StringBuilder(
            "\n# Added by bpg: what a copy must not do in its original's name, and how large that was.\n");
    settings.forEach((name, value) -> text.append(name).append(" = '").append(value).append("'\n"));
    return text.toString();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
  }
}
