package dev.bpg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

  @Test
  void keepsNamesInLowerCaseAndInOrder() {
    ServerSettings settings =
        ServerSettings.none().with("Work_Mem", "64MB").with("auto_explain.log_analyze", "on");

    assertThat(settings.values())
        .containsExactly(
            Map.entry("auto_explain.log_analyze", "on"), Map.entry("work_mem", "64MB"));
  }

  @Test
  void mergesSoThatTheOtherWins() {
    ServerSettings base = new ServerSettings(Map.of("work_mem", "1MB", "fsync", "off"));
    ServerSettings other = new ServerSettings(Map.of("WORK_MEM", "2MB"));

    assertThat(base.merge(other).values())
        .containsExactly(Map.entry("fsync", "off"), Map.entry("work_mem", "2MB"));
    assertThat(base.values()).containsEntry("work_mem", "1MB");
  }

  @Test
  void doesNotChangeWithTheMapItWasMadeFrom() {
    Map<String, String> given = new LinkedHashMap<>(Map.of("work_mem", "1MB"));
    ServerSettings settings = new ServerSettings(given);
    given.put("port", "5432");

    assertThat(settings.values()).containsOnlyKeys("work_mem");
    assertThatThrownBy(() -> settings.values().put("port", "1"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void allowsAnEmptyValue() {
    assertThat(ServerSettings.none().with("search_path", "").values())
        .containsEntry("search_path", "");
  }

  @Test
  void refusesANameTwiceInDifferentCase() {
    Map<String, String> twice = new LinkedHashMap<>();
    twice.put("work_mem", "1MB");
    twice.put("Work_Mem", "2MB");

    assertThatThrownBy(() -> new ServerSettings(twice))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the server setting Work_Mem: it is given twice\n"
                + "HINT: keep one of the two; case does not matter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port | leave it out and ask the branch for its port",
        "listen_addresses | leave it out: servers listen on 127.0.0.1 only",
        "unix_socket_directories | leave it out and ask the branch for its address",
        "unix_socket_permissions | leave it out and ask the branch for its address",
        "data_directory | leave it out: bpg keeps these files in the branch's volume",
        "config_file | leave it out: bpg keeps these files in the branch's volume",
        "hba_file | leave it out: bpg keeps these files in the branch's volume",
        "ident_file | leave it out: bpg keeps these files in the branch's volume",
        "external_pid_file | leave it out: bpg keeps these files in the branch's volume",
        "logging_collector | leave it out: bpg keeps each server's log by itself",
        "log_destination | leave it out: bpg keeps each server's log by itself"
      },
      quoteCharacter = '"')
  void refusesWhatBpgManages(String name, String hint) {
    for (String written : new String[] {name, name.toUpperCase(java.util.Locale.ROOT)}) {
      assertThatThrownBy(() -> ServerSettings.none().with(written, "x"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot use the server setting "
                  + name
                  + ": bpg manages this setting itself\nHINT: "
                  + hint);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", ".a", "a b", "a-b", "a=b", "ä", "a'b"})
  void refusesABadName(String name) {
    assertThatThrownBy(() -> ServerSettings.none().with(name, "x"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the server setting "
                + name
                + ": its name has a character outside a-z A-Z 0-9 _ . or begins with a digit or a"
                + " dot\nHINT: use the name that postgresql.conf uses, such as work_mem");
  }

  @Test
  void keepsALineBreakInANameOutOfTheMessage() {
    assertThatThrownBy(() -> ServerSettings.none().with("a\nb", "x"))
        .hasMessageStartingWith("cannot use the server setting a?b: its name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b"})
  void refusesAValueThatIsNotOneLine(String value) {
    assertThatThrownBy(() -> ServerSettings.none().with("work_mem", value))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot use the server setting work_mem: its value has a NUL or a line break\n"
                + "HINT: write the value on one line");
  }
}
