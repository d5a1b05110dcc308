package dev.bpg.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

  private static final String PATHS =
      "use a path: absolute, beginning with ~/, or relative to the file's folder";
  private static final String DURATIONS =
      "use a duration of more than zero and at most 365 days, such as 500ms, 60s, 2m, 1h or PT90S";

  private Surroundings process;

  @BeforeEach
  void surroundings(@TempDir Path temp) {
    process = new Surroundings(temp);
  }

  private void refused(String yaml, String keyAndLine, String reason, String hint) {
    String[] parts = keyAndLine.split("@");
    assertThatThrownBy(() -> process.load(yaml))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration key %s in %s, line %s: %s\nHINT: %s"
                .formatted(parts[0], process.file(), parts[1], reason, hint));
  }

  @ParameterizedTest
  @CsvSource({
    "storage.typ, storage.type",
    "Storage.Type, storage.type",
    "storagetype, storage.type",
    "storag, storage",
    "server.start_timeout, server.startTimeout",
    "hmoe, home",
    "process.chache, process.cache",
    "setings.work_mem, settings.work_mem",
    "databases.api.versoin, databases.api.version",
    "databases.api.setting.work_mem, databases.api.settings.work_mem",
    "databases.api.imag, databases.api.image",
    "docker.shm-size, docker.shmSize",
    "dokcer.image, docker.image",
    "databases.api.setings, databases.api.settings"
  })
  void namesTheNearestKey(String wrong, String near) {
    refused(wrong + ": 1", wrong + "@1", "there is no such key", "did you mean " + near + "?");
  }

  @Test
  void listsTheKeysWhereNoneIsNear() {
    refused(
        "# comment\nversion: 17\ncompletely:\n  different: 1\n",
        "completely@3",
        "there is no such key",
        "use one of home, storage.type, storage.path, zfs.dataset, zfs.recordsize,"
            + " zfs.compression, zfs.atime, server.type, server.startTimeout,"
            + " server.stopTimeout, process.binaries, process.user, process.cache,"
            + " docker.image, docker.network, docker.memory, docker.cpus, docker.shmSize,"
            + " docker.binds, tls.type, tls.certificate, tls.key, tls.ca,"
            + " templates.unusedFor, templates.maxSize, archive.enabled, archive.compression,"
            + " archive.timeout, version, docker.environment.<NAME>, settings.<name>,"
            + " databases.<name>.version, databases.<name>.image,"
            + " databases.<name>.settings.<name>, databases.<name>.zfs.recordsize,"
            + " databases.<name>.zfs.compression, databases.<name>.zfs.atime, databases.<name>.tls.type,"
            + " databases.<name>.tls.certificate, databases.<name>.tls.key, databases.<name>.tls.ca,"
            + " databases.<name>.archive.enabled, databases.<name>.archive.compression,"
            + " databases.<name>.archive.timeout, databases.<name>.afterClone");
  }

  @Test
  void refusesAKeyTwice() {
    refused(
        "storage:\n  type: copy\n  type: btrfs\n",
        "storage.type@3",
        "it is already in line 2",
        "keep one of the two");
    refused(
        "storage:\n  type: copy\nstorage.type: copy\n",
        "storage.type@3",
        "it is already in line 2",
        "keep one of the two");
    refused(
        "settings:\n  work_mem: 1MB\n  Work_Mem: 2MB\n",
        "settings.Work_Mem@3",
        "it is already in line 2",
        "keep one of the two");
    refused(
        "storage:\n  type: copy\nstorage:\n  path: /v\n",
        "storage@3",
        "it is already in line 1",
        "keep one of the two");
  }

  @Test
  void refusesValuesThatAreNotAllowed() {
    refused(
        "storage: {type: zip}",
        "storage.type@1",
        "\"zip\" is not one of its values",
        "use auto, copy, reflink, btrfs or zfs");
    refused(
        "server: {type: vm}",
        "server.type@1",
        "\"vm\" is not one of its values",
        "use auto, process or docker");
    refused(
        "version: 13",
        "version@1",
        "13 is not a version that bpg runs",
        "use a number from 14 to 18");
    refused(
        "version: 17.1",
        "version@1",
        "\"17.1\" is not a whole number",
        "use a number from 14 to 18");
    refused(
        "databases: {api: {version: 99}}",
        "databases.api.version@1",
        "99 is not a version that bpg runs",
        "use a number from 14 to 18");
    refused("home: ''", "home@1", "\"\" is not a path", PATHS);
    refused("home: \"a\\0b\"", "home@1", "\"a?b\" is not a path", PATHS);
    refused(
        "storage: {path: ~bob/x}",
        "storage.path@1",
        "\"~bob/x\" is not a path; ~ stands for a home folder only before a slash",
        PATHS);
    refused(
        "process: {user: a b}",
        "process.user@1",
        "\"a b\" is not a user name",
        "use the name of a user of this machine, such as postgres");
    refused(
        "settings: {port: 5432}",
        "settings.port@1",
        "bpg manages this setting itself",
        "leave it out and ask the branch for its port");
    refused(
        "databases: {api: {settings: {hba_file: x}}}",
        "databases.api.settings.hba_file@1",
        "bpg manages this setting itself",
        "leave it out: bpg keeps these files in the branch's volume");
  }

  @ParameterizedTest
  @CsvSource({"60", "1d", "-1s", "soon", "99999999999999999999s", "999999999999999999h", "1 s"})
  void refusesWhatIsNoDuration(String text) {
    refused(
        "server: {startTimeout: " + text + "}",
        "server.startTimeout@1",
        "\"" + text + "\" is not a duration",
        DURATIONS);
    refused(
        "server: {stopTimeout: " + text + "}",
        "server.stopTimeout@1",
        "\"" + text + "\" is not a duration",
        DURATIONS);
  }

  @ParameterizedTest
  @CsvSource({"0s, PT0S", "PT-1S, PT-1S", "9999h, PT9999H"})
  void refusesADurationOutOfRange(String text, String shown) {
    refused(
        "server: {startTimeout: " + text + "}",
        "server.startTimeout@1",
        shown + " is out of range",
        DURATIONS);
  }

  @Test
  void refusesValuesOfAnotherKind() {
    refused("home: [a]", "home@1", "it must not be a list", PATHS);
    refused("home:", "home@1", "it has no value", PATHS);
    refused(
        "version:\n  major: 17",
        "version@1",
        "it must be a single value, not a mapping",
        "use a number from 14 to 18");
    refused(
        "settings: {work_mem: }",
        "settings.work_mem@1",
        "it has no value",
        "use a single value, as postgresql.conf has it");
    refused(
        "settings:\n- work_mem",
        "settings@1",
        "it must not be a list",
        "nest its keys: settings.<name>");
    refused(
        "storage: copy",
        "storage@1",
        "it is a section and has no value of its own",
        "set one of the keys below it: storage.type, storage.path");
    refused(
        "databases: api",
        "databases@1",
        "it is a section and has no value of its own",
        "set one of the keys below it: databases.<name>.version,"
            + " databases.<name>.image, databases.<name>.settings.<name>,"
            + " databases.<name>.zfs.recordsize, databases.<name>.zfs.compression,"
            + " databases.<name>.zfs.atime, databases.<name>.tls.type,"
            + " databases.<name>.tls.certificate, databases.<name>.tls.key, databases.<name>.tls.ca,"
            + " databases.<name>.archive.enabled, databases.<name>.archive.compression,"
            + " databases.<name>.archive.timeout, databases.<name>.afterClone");
    refused(
        "databases: {api: 17}",
        "databases.api@1",
        "it is a section and has no value of its own",
        "set one of the keys below it: databases.api.version, databases.api.image,"
            + " databases.api.settings.<name>, databases.api.zfs.recordsize,"
            + " databases.api.zfs.compression, databases.api.zfs.atime, databases.api.tls.type,"
            + " databases.api.tls.certificate, databases.api.tls.key, databases.api.tls.ca,"
            + " databases.api.archive.enabled, databases.api.archive.compression,"
            + " databases.api.archive.timeout, databases.api.afterClone");
    refused(
        "home: &h /h\nprocess: {cache: *h}",
        "process.cache@2",
        "it must not be an alias of another value",
        PATHS);
  }

  @Test
  void checksTheNamesOfDatabases() {
    String hint =
        "use 1 to 63 of a-z A-Z 0-9 _ - on each side of exactly one '/', not beginning with '-'";
    refused(
        "databases: {-x: {version: 17}}", "databases.-x@1", "a part of it begins with '-'", hint);
    refused("databases: {-x: {}}", "databases.-x@1", "a part of it begins with '-'", hint);
    refused("databases: {-x: [1]}", "databases.-x@1", "a part of it begins with '-'", hint);
  }

  @Test
  void refusesAFileOfAnotherShape() {
    assertThatThrownBy(() -> process.load("- a\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration file %s, line 1: it is not a mapping\nHINT: write one key and its value on each line"
                .formatted(process.file()));
    assertThatThrownBy(() -> process.load("version: 17\n---\nversion: 16\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration file %s, line 3: it has a second document\nHINT: keep one document, without a line of ---"
                .formatted(process.file()));
    assertThatThrownBy(() -> process.load("version: 17\nhome: a: b\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration file %s, line 2: it is not valid YAML: mapping values are not allowed here\nHINT: correct that line; keys are nested by two spaces"
                .formatted(process.file()));
    assertThatThrownBy(() -> process.load("storage: {type: copy\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration file %s, line 1: it is not valid YAML: while parsing a flow mapping, expected ',' or '}', but got <stream end>\nHINT: correct that line; keys are nested by two spaces"
                .formatted(process.file()));
  }

  @Test
  void refusesVariablesThatAreNoKey() {
    process.variables.put("BPG_STORAGE_TYP", "copy");
    assertThatThrownBy(process::load)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration variable BPG_STORAGE_TYP: no key has this variable\n"
                + "HINT: did you mean BPG_STORAGE_TYPE?");

    process.variables.clear();
    process.variables.put("BPG_DATABASES_API_VERSION_NUMBER", "17");
    assertThatThrownBy(process::load)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration variable BPG_DATABASES_API_VERSION_NUMBER: no key has this"
                + " variable\nHINT: use one of BPG_HOME, BPG_STORAGE_TYPE, BPG_STORAGE_PATH,"
                + " BPG_ZFS_DATASET, BPG_ZFS_RECORDSIZE, BPG_ZFS_COMPRESSION, BPG_ZFS_ATIME,"
                + " BPG_SERVER_TYPE, BPG_SERVER_START_TIMEOUT, BPG_SERVER_STOP_TIMEOUT,"
                + " BPG_PROCESS_BINARIES, BPG_PROCESS_USER, BPG_PROCESS_CACHE, BPG_DOCKER_IMAGE,"
                + " BPG_DOCKER_NETWORK, BPG_DOCKER_MEMORY, BPG_DOCKER_CPUS, BPG_DOCKER_SHM_SIZE,"
                + " BPG_DOCKER_BINDS, BPG_TLS_TYPE, BPG_TLS_CERTIFICATE, BPG_TLS_KEY, BPG_TLS_CA,"
                + " BPG_TEMPLATES_UNUSED_FOR, BPG_TEMPLATES_MAX_SIZE, BPG_ARCHIVE_ENABLED,"
                + " BPG_ARCHIVE_COMPRESSION, BPG_ARCHIVE_TIMEOUT, BPG_VERSION,"
                + " BPG_DOCKER_ENVIRONMENT_<NAME>,"
                + " BPG_SETTINGS_<NAME>");
  }

  @Test
  void refusesPropertiesThatAreNoKey() {
    process.properties.put("bpg.storage.typ", "copy");

    assertThatThrownBy(process::load)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration key storage.typ in property bpg.storage.typ: there is no"
                + " such key\nHINT: did you mean storage.type?");
  }

  @Test
  void namesTheVariableOrPropertyOfAWrongValue() {
    process.variables.put("BPG_VERSION", "x");
    assertThatThrownBy(process::load)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration key version in variable BPG_VERSION: \"x\" is not a whole"
                + " number\nHINT: use a number from 14 to 18");

    process.variables.clear();
    process.properties.put("bpg.server.stopTimeout", "x");
    assertThatThrownBy(process::load)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read configuration key server.stopTimeout in property bpg.server.stopTimeout:"
                + " \"x\" is not a duration\nHINT: "
                + DURATIONS);
  }
}
