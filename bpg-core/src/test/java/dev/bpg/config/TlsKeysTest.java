package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.model.Tls;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsKeysTest {

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everyKeyReachesItsValue() {
    BpgConfig config =
        process.load(
            """
            tls: {type: generated}
            databases:
              api:
                tls:
                  type: files
                  certificate: /etc/api.crt
                  key: /etc/api.key
                  ca: /etc/ca.crt
              web.tls.type: off
            """);

    assertThat(config.tls()).isEqualTo(Tls.generated());
    assertThat(config.database("other").tls()).contains(Tls.generated());
    assertThat(config.database("api").tls())
        .contains(
            Tls.files(Path.of("/etc/api.crt"), Path.of("/etc/api.key"), Path.of("/etc/ca.crt")));
    assertThat(config.database("web").tls()).contains(Tls.off());
  }

  @Test
  void thereIsNoneByDefault() {
    assertThat(process.load("").tls()).isEqualTo(Tls.off());
    assertThat(process.load("").database("api").tls()).contains(Tls.off());
  }

  @Test
  void refusesATypeThatThereIsNot() {
    assertThatThrownBy(() -> process.load("tls.type: on"))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("\"on\" is not one of its values\nHINT: use off, generated or files");
  }

  @ParameterizedTest
  @CsvSource({
    "tls.typ, did you mean tls.type?",
    "databases.api.tls.typ, did you mean databases.api.tls.type?",
    "databases.api.tls.certifcate, did you mean databases.api.tls.certificate?"
  })
  void suggestsTheNearestKey(String key, String hint) {
    assertThatThrownBy(() -> process.load(key + ": a"))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("there is no such key\nHINT: " + hint);
  }

  @Test
  void refusesASectionWithAValue() {
    assertThatThrownBy(() -> process.load("databases.api.tls: generated"))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            "HINT: set one of the keys below it: databases.api.tls.type,"
                + " databases.api.tls.certificate, databases.api.tls.key, databases.api.tls.ca");
  }

  @Test
  void refusesFilesThatAreNotAllNamed() {
    assertThatThrownBy(() -> process.load("tls: {type: files, key: /a}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the configuration tls: its type is files and not all of them are named\n"
                + "HINT: set tls.certificate, tls.key and tls.ca");
  }

  @Test
  void refusesFilesThatWouldHaveNoEffect() {
    assertThatThrownBy(() -> process.load("databases.api.tls.key: /a"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the configuration databases.api.tls: its type is not files, so its files"
                + " would have no effect\n"
                + "HINT: set databases.api.tls.type to files, or leave them out");
  }
}
