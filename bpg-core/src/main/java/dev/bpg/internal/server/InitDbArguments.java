package dev.bpg.internal.server;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** What {@code initdb} is asked for: the same of every runtime. */
public final class InitDbArguments {

  /** The locale to try first: it sorts by bytes and knows the letters of all languages. */
  public static final String LOCALE = "C.UTF-8";

  /** The locale where there is no {@link #LOCALE}; it sorts the same way. */
  public static final String LOCALE_WITHOUT = "C";

  private static final int PASSWORD_BYTES = 24;

  // Every backup ends with a switch to a new segment, for which the server fills the old one with
  // zeros: 20 ms with Postgres' 16 MiB, 3 ms with 2 MiB, at nearly the same speed of loading data.
  private static final int WAL_SEGMENT_MIB = 2;

  private InitDbArguments() {}

  /**
   * The arguments.
   *
   * @param localRule how the data folder's own rules let users of the machine in
   */
  public static List<String> of(
      String dataFolder, String passwordFile, String locale, String localRule) {
    return List.of(
        "--pgdata=" + dataFolder,
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=" + locale,
        "--data-checksums",
        "--auth-local=" + localRule,
        "--auth-host=scram-sha-256",
        "--pwfile=" + passwordFile,
        "--wal-segsize=" + WAL_SEGMENT_MIB,
        "--no-sync",
        "--no-instructions");
  }

  /** A password that nobody is told: initdb wants one for scram-sha-256. */
  public static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  /** Whether initdb failed because there is no {@link #LOCALE}: not on Red Hat before 8. */
  public static boolean lacksLocale(String output) {
    return output.contains("invalid locale name");
  }
}
