package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.internal.server.AtomicFile;
import dev.bpg.internal.server.SafeFolders;
import dev.bpg.model.PostgresBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The images that servers run in. What was found out of one is remembered in {@code images} below
 * the home folder, under the image's id, for all processes.
 */
final class Images {

  private final Daemon daemon;
  private final DockerOptions options;
  private final ImageProbe probe;
  private final Path answers;
  private final Map<String, ImageFacts> known = new ConcurrentHashMap<>();

  Images(Daemon daemon, Containers containers, DockerOptions options) {
    this.daemon = daemon;
    this.options = options;
    this.probe = new ImageProbe(daemon, containers);
    this.answers = options.home().resolve("images");
  }

  /**
   * The image for a new database.
   *
   * @throws UnavailableException if it cannot be had, or has not the version that is wanted
   */
  ImageFacts choose(OptionalInt major, Optional<String> wanted)
      throws IOException, InterruptedException {
    String name =
        wanted.or(options::image).orElse("postgres:" + major.orElse(DockerOptions.DEFAULT_MAJOR));
    ImageFacts facts = facts(name, inspect(name));
    if (major.isPresent() && facts.build().major() != major.getAsInt()) {
      throw new UnavailableException(
          "find",
          "Postgres " + major.getAsInt(),
          "the image " + name + " has Postgres " + facts.build().version(),
          "name an image with Postgres "
              + major.getAsInt()
              + ", such as postgres:"
              + major.getAsInt());
    }
    return facts;
  }

  /** The image of a data folder. The daemon is only asked when nothing is remembered of it. */
  ImageFacts of(PostgresBuild build) throws IOException, InterruptedException {
    ImageReference reference =
        ImageReference.of(build)
            .orElseThrow(
                () ->
                    new UnavailableException(
                        "find",
                        "the image of " + build,
                        "it was not made by Docker",
                        "set server.type to the runtime that made it"));
    Optional<ImageFacts> remembered = remembered(reference.id());
    return remembered.isPresent() ? remembered.get() : facts(reference.name(), inspect(reference));
  }

  /**
   * Fetches the image of a data folder, which the daemon turned out not to have.
   *
   * @throws UnavailableException if it cannot be had again
   */
  void fetch(ImageFacts image) throws InterruptedException {
    if (image.digest().isEmpty()) {
      throw missing(image.reference(), image.id());
    }
    ImagePull.run(daemon, image.digest());
  }

  private InspectImageResponse inspect(String name) throws InterruptedException {
    try {
      return look(name);
    } catch (NotFoundException e) {
      ImagePull.run(daemon, name);
      return look(name);
    }
  }

  private InspectImageResponse inspect(ImageReference reference) throws InterruptedException {
    try {
      return look(reference.id());
    } catch (NotFoundException e) {
      throw missing(reference.name(), reference.id());
    }
  }

  private static UnavailableException missing(String name, String id) {
    return new UnavailableException(
        "find",
        "the image " + name,
        "the daemon does not have " + id + " any more, which made the data",
        "load that image again with docker load");
  }

  private InspectImageResponse look(String name) throws InterruptedException {
    return daemon.ask("use", "the image " + name, client -> client.inspectImageCmd(name).exec());
  }

  private ImageFacts facts(String name, InspectImageResponse image)
      throws IOException, InterruptedException {
    Optional<ImageFacts> before = remembered(image.getId());
    if (before.isPresent()) {
      return before.get();
    }
    SafeFolders.make(answers, "rwx------");
    // One process asks, the others wait for its answer.
    try (LockFile lock = LockFile.lock(answers.resolve(fileName(image.getId()) + ".lock"), false)) {
      Optional<ImageFacts> meanwhile = remembered(image.getId());
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      ImageFacts asked = probe.run(name, image);
      int gid = (int) Files.getAttribute(answers, "unix:gid");
      AtomicFile.write(answer(asked.id()), asked.text(), "rw-------", gid);
      known.put(asked.id(), asked);
      return asked;
    }
  }

  private Optional<ImageFacts> remembered(String id) throws IOException {
    ImageFacts here = known.get(id);
    if (here != null) {
      return Optional.of(here);
    }
    Optional<ImageFacts> written = AtomicFile.read(answer(id)).flatMap(ImageFacts::parse);
    written.ifPresent(facts -> known.put(id, facts));
    return written;
  }

  private Path answer(String id) {
    return answers.resolve(fileName(id));
  }

  private static String fileName(String id) {
    return id.replaceAll("[^a-zA-Z0-9]", "-");
  }
}
