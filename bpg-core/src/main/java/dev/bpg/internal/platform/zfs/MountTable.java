package dev.bpg.internal.platform.zfs;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is mounted for a process, by its {@code mountinfo}; see proc(5).
 *
 * @param entries in the order in which they were mounted
 */
record MountTable(List<Entry> entries) {

  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));

  /**
   * One mount.
   *
   * @param id as in {@code fdinfo}
   * @param type of the file system
   * @param source what is mounted
   * @param target where
   */
  record Entry(String id, String type, String source, Path target) {

    boolean isOf(String dataset) {
      return type.equals("zfs") && source.equals(dataset);
    }
  }

  static MountTable ofThisProcess() throws IOException {
    return read(Path.of("/proc/self/mountinfo"));
  }

  static MountTable read(Path mountInfo) throws IOException {
    List<Entry> entries = new ArrayList<>();
    // One byte is one character, for names that are no text in any encoding.
    for (String line : Files.readString(mountInfo, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      String[] fields = line.split(" ");
      int dash = indexOfDash(fields);
      if (dash > 0 && fields.length > dash + 2) {
        entries.add(
            new Entry(
                fields[0],
                fields[dash + 1],
                unescape(fields[dash + 2]),
                Path.of(unescape(fields[4]))));
      }
    }
    return new MountTable(List.copyOf(entries));
  }

  // After a variable number of optional fields.
  private static int indexOfDash(String[] fields) {
    for (int i = 6; i < fields.length; i++) {
      if (fields[i].equals("-")) {
        return i;
      }
    }
    return -1;
  }

  // Space, tab, newline and backslash are octal numbers of three digits.
  private static String unescape(String text) {
    StringBuilder bytes = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length()) {
        bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.append(text.charAt(i));
      }
    }
    return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), FILE_NAMES);
  }

  List<Entry> of(String dataset) {
    return entries.stream().filter(entry -> entry.isOf(dataset)).toList();
  }

  /** Whether a path of the process is on a dataset. */
  boolean isOn(Path path, String dataset) {
    Entry on = null;
    for (Entry entry : entries) {
      // Later mounts are over earlier ones.
      if (path.startsWith(entry.target())
          && (on == null || entry.target().getNameCount() >= on.target().getNameCount())) {
        on = entry;
      }
    }
    return on != null && on.isOf(dataset);
  }
}
