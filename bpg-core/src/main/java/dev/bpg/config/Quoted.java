package dev.bpg.config;

/** Text from outside, as it appears in a message: in quotes, short, on one line. */
final class Quoted {

  private static final int LONGEST = 100;

  private Quoted() {}

  static String of(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
