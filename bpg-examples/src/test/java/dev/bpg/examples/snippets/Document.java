package dev.bpg.examples.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file with blocks of Java.
 *
 * @param path the file
 */
record Document(Path path) {

  private static final Pattern QUOTE = Pattern.compile("<!-- snippet: ([^#\\s]+)#(\\S+) -->");

  /** What is wrong with its blocks of Java; empty if each equals the region that it names. */
  List<String> mistakes(Path root) throws IOException {
    List<String> mistakes = new ArrayList<>();
    List<String> lines = Files.readAllLines(path);
    String lastText = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("```")) {
        int end = endOfBlock(lines, i);
        if (line.matches("```\\s*([jJ]ava|kotlin)\\b.*")) {
          String place = path.getFileName() + ":" + (i + 1) + ": ";
          String block = String.join("\n", lines.subList(i + 1, end)).stripIndent().strip();
          compare(lastText, block, root).forEach(mistake -> mistakes.add(place + mistake));
        }
        i = end;
        lastText = "";
      } else if (!line.isEmpty()) {
        lastText = line;
      }
    }
    return mistakes;
  }

  private static int endOfBlock(List<String> lines, int begin) {
    int end = begin + 1;
    while (end < lines.size() && !lines.get(end).strip().equals("```")) {
      end++;
    }
    return end;
  }

  private static List<String> compare(String comment, String block, Path root) throws IOException {
    Matcher quote = QUOTE.matcher(comment);
    if (!quote.matches()) {
      return List.of("a block of Java with no <!-- snippet: FILE#NAME --> before it");
    }
    String region;
    try {
      region = new Region(quote.group(1), quote.group(2)).text(root);
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
    return block.equals(region)
        ? List.of()
        : List.of(
            "differs from " + quote.group(1) + "#" + quote.group(2) + ", which is\n" + region);
  }
}
