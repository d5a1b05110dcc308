package dev.bpg.internal.platform.zfs;

/** What ZFS takes as a name, by {@code zfs_namecheck.c}. */
final class NameRules {

  private NameRules() {}

  static void checkLength(String name) {
    if (name.length() > DatasetName.MAX_LENGTH) {
      throw bad(name, "it has more than " + DatasetName.MAX_LENGTH + " characters");
    }
  }

  static void checkPart(String name, String part) {
    if (part.isEmpty()) {
      throw bad(name, "a part of it is empty");
    }
    for (int i = 0; i < part.length(); i++) {
      if (!isValid(part.charAt(i))) {
        throw bad(
            name,
            "'"
                + part.charAt(i)
                + "' is not a letter, digit, space or one of \"-\", \"_\", \".\", \":\"");
      }
    }
  }

  private static boolean isValid(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_.: ".indexOf(c) >= 0;
  }

  static IllegalArgumentException bad(String name, String why) {
    return new IllegalArgumentException("\"" + name + "\" cannot be a name in ZFS: " + why);
  }
}
