package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.Tls;
import dev.bpg.model.VolumeProperties;
import dev.bpg.model.WalCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

  private static final String ALL =
      """
      home: data
      storage:
        type: reflink
        path: ~/volumes
      server:
        type: process
        startTimeout: 2m
        stopTimeout: 500ms
      process:
        binaries: /opt/pg
        user: postgres
        cache: ../cache
      version: 17
      settings:
        work_mem: 64MB
        fsync: off
        max_connections: 0050
        auto_explain.log_analyze: true
      databases:
        api:
          version: 16
          settings:
            work_mem: 128MB
        empty:
      """;

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  @Test
  void everyKeyOfAFileReachesItsValue() {
    BpgConfig config = process.load(ALL);

    assertThat(config.home()).isEqualTo(process.working.resolve("data"));
    assertThat(config.storage()).isEqualTo(StorageType.REFLINK);
    assertThat(config.storagePath()).isEqualTo(process.userHome.resolve("volumes"));
    assertThat(config.server()).isEqualTo(ServerType.PROCESS);
    assertThat(config.startTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.stopTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.processBinaries()).contains(Path.of("/opt/pg"));
    assertThat(config.processUser()).contains("postgres");
    assertThat(config.processCache()).isEqualTo(process.working.resolveSibling("cache"));
    assertThat(config.version()).hasValue(17);
    assertThat(config.settings().values())
        .hasSize(4)
        .containsEntry("work_mem", "64MB")
        .containsEntry("fsync", "off")
        .containsEntry("max_connections", "0050")
        .containsEntry("auto_explain.log_analyze", "true");
    assertThat(config.databases()).containsOnlyKeys("api");
    assertThat(config.databases().get("api").version()).hasValue(16);
    assertThat(config.databases().get("api").settings().values())
        .containsOnlyKeys("work_mem")
        .containsEntry("work_mem", "128MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "~\n", "storage:\nsettings:\n", "{}"})
  void aFileMayHoldNothing(String yaml) {
    assertThat(process.load(yaml).storage()).isEqualTo(StorageType.AUTO);
  }

  @Test
  void aKeyMayBeWrittenInItsDottedForm() {
    assertThat(process.load("storage.type: copy\n").storage()).isEqualTo(StorageType.COPY);
  }

  @Test
  void everyVariableReachesItsValue() {
    process.variables.put("BPG_HOME", "data");
    process.variables.put("BPG_STORAGE_TYPE", "zfs");
    process.variables.put("BPG_STORAGE_PATH", "/volumes");
    process.variables.put("BPG_ZFS_DATASET", "tank/bpg");
    process.variables.put("BPG_ZFS_RECORDSIZE", "16k");
    process.variables.put("BPG_ZFS_COMPRESSION", "zstd");
    process.variables.put("BPG_ZFS_ATIME", "on");
    process.variables.put("BPG_SERVER_TYPE", "docker");
    process.variables.put("BPG_SERVER_START_TIMEOUT", "1h");
    process.variables.put("BPG_SERVER_STOP_TIMEOUT", "PT5S");
    process.variables.put("BPG_PROCESS_BINARIES", "/opt/pg");
    process.variables.put("BPG_PROCESS_USER", "pg");
    process.variables.put("BPG_PROCESS_CACHE", "~");
    process.variables.put("BPG_DOCKER_IMAGE", "postgres:14");
    process.variables.put("BPG_DOCKER_NETWORK", "host");
    process.variables.put("BPG_DOCKER_MEMORY", "1g");
    process.variables.put("BPG_DOCKER_CPUS", "2");
    process.variables.put("BPG_DOCKER_SHM_SIZE", "1m");
    process.variables.put("BPG_DOCKER_BINDS", "/a:/b");
    process.variables.put("BPG_TLS_TYPE", "files");
    process.variables.put("BPG_TLS_CERTIFICATE", "/a.crt");
    process.variables.put("BPG_TLS_KEY", "~/a.key");
    process.variables.put("BPG_TLS_CA", "ca.crt");
    process.variables.put("BPG_TEMPLATES_UNUSED_FOR", "12h");
    process.variables.put("BPG_TEMPLATES_MAX_SIZE", "20g");
    process.variables.put("BPG_ARCHIVE_ENABLED", "on");
    process.variables.put("BPG_ARCHIVE_COMPRESSION", "zstd");
    process.variables.put("BPG_ARCHIVE_TIMEOUT", "5m");
    process.variables.put("BPG_VERSION", "14");
    process.variables.put("BPG_SETTINGS_WORK_MEM", "1MB");
    BpgConfig config = process.load(ALL);

    assertThat(config.templates()).isEqualTo(new TemplateConfig(Duration.ofHours(12), 20L << 30));
    assertThat(config.archive())
        .isEqualTo(
            ArchiveConfig.none()
                .withEnabled(true)
                .withCompression(WalCompression.ZSTD)
                .withTimeout(Duration.ofMinutes(5)));

    assertThat(config.tls())
        .isEqualTo(
            Tls.files(
                Path.of("/a.crt"),
                process.userHome.resolve("a.key"),
                process.working.resolve("ca.crt")));

    assertThat(config.home()).isEqualTo(process.working.resolve("data"));
    assertThat(config.storage()).isEqualTo(StorageType.ZFS);
    assertThat(config.storagePath()).isEqualTo(Path.of("/volumes"));
    assertThat(config.zfsDataset()).contains("tank/bpg");
    assertThat(config.zfs())
        .isEqualTo(
            VolumeProperties.none()
                .withRecordSize(16384)
                .withCompression("zstd")
                .withAccessTimes(true));
    assertThat(config.server()).isEqualTo(ServerType.DOCKER);
    assertThat(config.startTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.processBinaries()).contains(Path.of("/opt/pg"));
    assertThat(config.processUser()).contains("pg");
    assertThat(config.processCache()).isEqualTo(process.userHome);
    assertThat(config.docker())
        .isEqualTo(
            DockerConfig.defaults()
                .withImage("postgres:14")
                .withNetwork("host")
                .withMemory(1L << 30)
                .withCpus(2)
                .withShmSize(1L << 20)
                .withBind("/a", "/b", false));
    assertThat(config.version()).hasValue(14);
    assertThat(config.settings().values())
        .containsEntry("work_mem", "1MB")
        .containsEntry("fsync", "off");
    assertThat(process.variables.keySet())
        .containsAll(java.util.Arrays.stream(ConfigKey.values()).map(ConfigKey::variable).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "bpg.home, /h",
    "bpg.storage.type, btrfs",
    "bpg.storage.path, /v",
    "bpg.server.type, process",
    "bpg.server.startTimeout, 7s",
    "bpg.server.stopTimeout, 7s",
    "bpg.process.binaries, /b",
    "bpg.process.user, u",
    "bpg.process.cache, /c",
    "bpg.version, 15",
    "bpg.settings.work_mem, 7MB",
    "bpg.databases.api.version, 15",
    "bpg.databases.api.settings.work_mem, 7MB"
  })
  void everyPropertyIsRead(String property, String value) {
    process.properties.put(property, value);
    BpgConfig config = process.load();

    String reached =
        switch (property) {
          case "bpg.home" -> config.home().toString();
          case "bpg.storage.type" -> config.storage().name().toLowerCase(java.util.Locale.ROOT);
          case "bpg.storage.path" -> config.storagePath().toString();
          case "bpg.server.type" -> config.server().name().toLowerCase(java.util.Locale.ROOT);
          case "bpg.server.startTimeout" -> config.startTimeout().toSeconds() + "s";
          case "bpg.server.stopTimeout" -> config.stopTimeout().toSeconds() + "s";
          case "bpg.process.binaries" -> config.processBinaries().orElseThrow().toString();
          case "bpg.process.user" -> config.processUser().orElseThrow();
          case "bpg.process.cache" -> config.processCache().toString();
          case "bpg.version" -> "" + config.version().orElseThrow();
          case "bpg.settings.work_mem" -> config.settings().values().get("work_mem");
          case "bpg.databases.api.version" -> "" + config.database("api").version().orElseThrow();
          default -> config.databases().get("api").settings().values().get("work_mem");
        };
    assertThat(reached).isEqualTo(value);
  }

  @Test
  void propertiesReplaceVariablesAndVariablesReplaceTheFile() {
    process.variables.put("BPG_STORAGE_TYPE", "copy");
    process.variables.put("BPG_VERSION", "15");
    process.properties.put("bpg.version", "18");
    BpgConfig config = process.load("version: 14\nstorage: {type: btrfs, path: /v}\n");

    assertThat(config.version()).hasValue(18);
    assertThat(config.storage()).isEqualTo(StorageType.COPY);
    assertThat(config.storagePath()).isEqualTo(Path.of("/v"));
  }

  @Test
  void takesTheFirstFileThatExists() {
    process.write(process.systemFile, "version: 14");
    assertThat(process.load().version()).hasValue(14);

    process.write(process.userHome.resolve(".config/bpg/config.yaml"), "version: 15");
    assertThat(process.load().version()).hasValue(15);

    process.write(process.file(), "version: 16");
    assertThat(process.load().version()).hasValue(16);

    process.write(process.working.resolve("other/named.yaml"), "version: 17\nhome: here");
    process.variables.put("BPG_CONFIG", "other/named.yaml");
    assertThat(process.load().version()).hasValue(17);
    assertThat(process.load().home()).isEqualTo(process.working.resolve("other/here"));

    Path given = process.write(process.working.resolve("given.yaml"), "version: 18");
    assertThat(process.loader().load(given).version()).hasValue(18);
    assertThat(process.loader().load(Path.of("given.yaml")).version()).hasValue(18);
  }

  @Test
  void reportsANamedFileThatDoesNotExist() {
    process.write(process.file(), "version: 16");
    process.variables.put("BPG_CONFIG", "/does/not/exist.yaml");

    assertThatThrownBy(process::load)
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot read configuration file /does/not/exist.yaml: the file that BPG_CONFIG names"
                + " does not exist\n"
                + "HINT: set BPG_CONFIG to the path of a file that exists, or unset it");
    assertThatThrownBy(() -> process.loader().load(Path.of("/does/not/exist.yaml")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "cannot read configuration file /does/not/exist.yaml: it does not exist\n"
                + "HINT: name a file that exists");
  }

  @Test
  void refusesAnEmptyNameOfAFile() {
    process.variables.put("BPG_CONFIG", "");

    assertThatThrownBy(process::load)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration variable BPG_CONFIG: \"\" is not a path\n"
                + "HINT: set BPG_CONFIG to the path of a file that exists, or unset it");
  }

  @Test
  void reportsAFileThatCannotBeRead() throws IOException {
    Files.createDirectories(process.file());

    assertThatThrownBy(process::load)
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot read configuration file "
                + process.file()
                + ": Is a directory\nHINT: make it a text file that this user may read");
  }

  @Test
  void reportsAFileThatIsNotText() throws IOException {
    process.write(process.file(), "");
    Files.write(process.file(), new byte[] {'a', ':', (byte) 0xff});

    assertThatThrownBy(process::load)
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "cannot read configuration file "
                + process.file()
                + ": it is not UTF-8 text\nHINT: make it a text file that this user may read");
  }

  @Test
  void findsNoFileBelowAHomeThatIsNoFolder() {
    process.write(process.userHome, "a file");

    assertThat(process.load().storage()).isEqualTo(StorageType.AUTO);
  }

  @Test
  void leavesVariablesAndPropertiesOfOthersAlone() {
    process.variables.put("BPG_REQUIRE", "true");
    process.variables.put("BPG_TEST_BTRFS", "/mnt");
    process.properties.put("bpg.junit.keep", "true");
    process.properties.put("user.name", "x");

    assertThat(process.load().storage()).isEqualTo(StorageType.AUTO);
  }
}
