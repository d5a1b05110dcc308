package dev.bpg.config;

import dev.bpg.error.NotFoundException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.UnavailableException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the sources together: a file, then variables, then properties.
 *
 * @param environment the process's surroundings
 * @param systemFile the file of the whole machine, read when there is none nearer
 */
record ConfigLoader(Environment environment, Path systemFile) {

  static final Path SYSTEM_FILE = Path.of("/etc/bpg/config.yaml");

  BpgConfig load() {
    return with(namedFile().or(this::firstFile));
  }

  BpgConfig load(Path file) {
    Path absolute = environment.workingFolder().resolve(file).normalize();
    if (!exists(absolute)) {
      throw missing(absolute, "it does not exist", "name a file that exists");
    }
    return with(Optional.of(absolute));
  }

  private BpgConfig with(Optional<Path> file) {
    BpgConfigBuilder builder = new BpgConfigBuilder(environment);
    List<ConfigEntry> replacing =
        Stream.of(Overrides.variables(environment), Overrides.properties(environment))
            .flatMap(List::stream)
            .toList();
    Stream.of(file.map(this::read).orElse(List.of()), replacing)
        .flatMap(List::stream)
        .forEach(entry -> entry.applyTo(builder, environment.userHome()));
    builder.sources =
        Stream.concat(
                file.map(Path::toString).stream(),
                replacing.stream().map(entry -> entry.origin().replaceFirst("^in ", "")))
            .toList();
    return builder.build();
  }

  private Optional<Path> namedFile() {
    @Nullable String text = environment.variables().get(Overrides.FILE_VARIABLE);
    if (text == null) {
      return Optional.empty();
    }
    String hint = "set BPG_CONFIG to the path of a file that exists, or unset it";
    Path file = variableAsPath(text, hint);
    if (!exists(file)) {
      throw missing(file, "the file that BPG_CONFIG names does not exist", hint);
    }
    return Optional.of(file);
  }

  private Path variableAsPath(String text, String hint) {
    try {
      return new ConfigValue(text, hint, environment.workingFolder(), environment.userHome())
          .path()
          .normalize();
    } catch (RefusedException e) {
      throw new RefusedException(
          "read configuration variable", Overrides.FILE_VARIABLE, e.reason(), e.hint(), e);
    }
  }

  private Optional<Path> firstFile() {
    return Stream.of(
            environment.workingFolder().resolve("bpg.yaml"),
            environment.userHome().resolve(".config/bpg/config.yaml"),
            systemFile)
        .filter(Path::isAbsolute)
        .filter(ConfigLoader::exists)
        .findFirst();
  }

  private List<ConfigEntry> read(Path file) {
    try {
      return YamlReader.read(file, Files.readString(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  // Files.exists says no where it should say that it cannot know, such as without permission.
  private static boolean exists(Path file) {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      if (belowAFile(file)) {
        return false;
      }
      throw unreadable(file, e);
    }
  }

  // Users without a home folder often have /dev/null for one.
  private static boolean belowAFile(Path file) {
    return Stream.iterate(file.getParent(), p -> p != null, Path::getParent)
        .anyMatch(parent -> Files.exists(parent) && !Files.isDirectory(parent));
  }

  private static NotFoundException missing(Path file, String reason, String hint) {
    return new NotFoundException("read configuration file", file.toString(), reason, hint);
  }

  private static UnavailableException unreadable(Path file, IOException e) {
    return new UnavailableException(
        "read configuration file",
        file.toString(),
        e instanceof CharacterCodingException
            ? "it is not UTF-8 text"
            : String.valueOf(e.getMessage()),
        "make it a text file that this user may read",
        e);
  }
}
