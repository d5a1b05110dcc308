package dev.bpg.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnippetsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FIXTURES = Path.of("src/test/resources/snippets").toAbsolutePath();

  @Test
  void everyBlockOfJavaInTheDocumentationIsTheCodeThatItQuotes() throws IOException {
    assertThat(ROOT.resolve("bpg-examples/pom.xml")).as("the root of the project").exists();
    List<String> mistakes = new ArrayList<>();
    for (Document document : documents()) {
      mistakes.addAll(document.mistakes(ROOT));
    }
    assertThat(mistakes).isEmpty();
  }

  private static List<Document> documents() throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files
              .filter(file -> file.toString().endsWith(".md"))
              .sorted()
              .map(Document::new)
              .forEach(documents::add);
        }
      }
    }
    assertThat(documents).as("CHANGELOG.md at least").isNotEmpty();
    return documents;
  }

  @Test
  void acceptsABlockThatEqualsItsRegion() throws IOException {
    assertThat(mistakes("equal.md")).isEmpty();
  }

  @Test
  void reportsABlockThatDiffersFromItsRegion() throws IOException {
    assertThat(mistakes("different.md"))
        .containsExactly("different.md:2: differs from Fixture.java#greeting, which is\n" + REGION);
  }

  @Test
  void reportsABlockThatQuotesNothing() throws IOException {
    assertThat(mistakes("unquoted.md"))
        .containsExactly(
            "unquoted.md:3: a block of Java with no <!-- snippet: FILE#NAME --> before it",
            "unquoted.md:8: a block of Java with no <!-- snippet: FILE#NAME --> before it");
  }

  @Test
  void reportsAQuoteOfWhatDoesNotExist() throws IOException {
    assertThat(mistakes("missing.md"))
        .containsExactly(
            "missing.md:2: there is no file Missing.java",
            "missing.md:7: Fixture.java has no region farewell");
  }

  private static final String REGION = "if (polite) {\n  greet();\n}";

  private static List<String> mistakes(String file) throws IOException {
    return new Document(FIXTURES.resolve(file)).mistakes(FIXTURES);
  }
}
