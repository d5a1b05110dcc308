package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.ServerSettings;
import dev.bpg.model.Tls;
import dev.bpg.model.VolumeProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultsTest {

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everythingHasADefault() {
    for (BpgConfig config : new BpgConfig[] {process.builder().build(), process.load()}) {
      assertThat(config.home()).isEqualTo(process.userHome.resolve(".local/share/bpg"));
      assertThat(config.storage()).isEqualTo(StorageType.AUTO);
      assertThat(config.storagePath()).isEqualTo(config.home().resolve("volumes"));
      assertThat(config.zfsDataset()).isEmpty();
      assertThat(config.zfs()).isEqualTo(VolumeProperties.none());
      assertThat(config.server()).isEqualTo(ServerType.AUTO);
      assertThat(config.startTimeout()).isEqualTo(Duration.ofSeconds(60));
      assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(60));
      assertThat(config.processBinaries()).isEmpty();
      assertThat(config.processUser()).isEmpty();
      assertThat(config.processCache()).isEqualTo(process.userHome.resolve(".cache/bpg"));
      assertThat(config.version()).isEmpty();
      assertThat(config.settings()).isEqualTo(ServerSettings.none());
      assertThat(config.databases()).isEmpty();
      assertThat(config.database("api")).isEqualTo(DatabaseConfig.empty().withTls(Tls.off()));
    }
  }

  @Test
  void theDefaultsAreThoseOfXdgWhereThatIsSet() {
    process.variables.put("XDG_DATA_HOME", "/data");
    process.variables.put("XDG_CACHE_HOME", "/cache");

    assertThat(process.load().home()).isEqualTo(Path.of("/data/bpg"));
    assertThat(process.load().processCache()).isEqualTo(Path.of("/cache/bpg"));
  }

  @Test
  void ignoresXdgPathsThatAreNotAbsolute() {
    process.variables.put("XDG_DATA_HOME", "data");
    process.variables.put("XDG_CACHE_HOME", "");

    assertThat(process.load().home()).isEqualTo(process.userHome.resolve(".local/share/bpg"));
    assertThat(process.load().processCache()).isEqualTo(process.userHome.resolve(".cache/bpg"));
  }

  @Test
  void rootHasFoldersOfTheMachine() {
    process.root = true;
    process.variables.put("XDG_DATA_HOME", "/data");

    assertThat(process.load().home()).isEqualTo(Path.of("/var/lib/bpg"));
    assertThat(process.load().processCache()).isEqualTo(Path.of("/var/cache/bpg"));
  }

  @Test
  void theHomeOfABuilderIsTheOneOfTheVariableOrProperty() {
    process.variables.put("BPG_HOME", "~/from variable");
    assertThat(process.builder().build().home())
        .isEqualTo(process.userHome.resolve("from variable"));

    process.properties.put("bpg.home", "from property");
    assertThat(process.builder().build().home())
        .isEqualTo(process.working.resolve("from property"));

    assertThat(process.builder().home(Path.of("/code")).build().home()).isEqualTo(Path.of("/code"));
  }

  @Test
  void refusesAHomeVariableThatIsEmpty() {
    process.variables.put("BPG_HOME", "");

    assertThatThrownBy(() -> process.builder().build())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration key home in variable BPG_HOME: \"\" is not a path\n"
                + "HINT: use a path: absolute, beginning with ~/, or relative to the file's folder");
  }

  @Test
  void saysWhatToSetForAUserWithoutAHomeFolder() {
    Environment environment =
        new Environment(Map.of(), Map.of(), process.working, Path.of("?"), false);

    assertThatThrownBy(() -> new ConfigLoader(environment, process.systemFile).load())
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot choose the folder for bpg's data: this user has no home folder\n"
                + "HINT: set BPG_HOME to a folder that this user may write to");
  }

  @Test
  void keepsTheCacheInItsHomeForAUserWithoutAHomeFolder() {
    process.variables.put("BPG_HOME", "/srv/bpg");
    Environment environment =
        new Environment(process.variables, Map.of(), process.working, Path.of("?"), false);

    assertThat(new ConfigLoader(environment, process.systemFile).load().processCache())
        .isEqualTo(Path.of("/srv/bpg/cache"));
  }

  @Test
  void readsTheSurroundingsOfThisProcess() {
    Environment environment = Environment.current();

    assertThat(environment.workingFolder()).isAbsolute();
    assertThat(environment.userHome()).isEqualTo(Path.of(System.getProperty("user.home")));
    assertThat(environment.properties()).containsKey("java.version");
    assertThat(environment.variables()).isEqualTo(System.getenv());
  }
}
