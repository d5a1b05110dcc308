package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.server.Version;
import dev.bpg.model.PostgresBuild;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Asks an image what Postgres it has, by a container that looks around and ends. */
final class ImageProbe {

  private static final String OPERATION = "use";

  // Lines of a name and a value. The places are those of the official images, of Debian's and Red
  // Hat's packages, and of Bitnami's images. The user is the one called postgres, or the one that
  // the image runs as.
  private static final String SCRIPT =
      """
      for d in "$(dirname "$(command -v postgres 2>/dev/null)" 2>/dev/null)" \
          /usr/lib/postgresql/*/bin /usr/local/bin /usr/local/pgsql/bin /usr/pgsql-*/bin \
          /opt/bitnami/postgresql/bin /usr/libexec/postgresql* /usr/bin; do
        if [ -x "$d/postgres" ] && [ -x "$d/initdb" ]; then
          echo "bin=$d"
          echo "version=$("$d/postgres" -V 2>&1)"
          break
        fi
      done
      echo "uid=$(id -u postgres 2>/dev/null || id -u)"
      echo "gid=$(id -g postgres 2>/dev/null || id -g)"
      """;

  private final Daemon daemon;
  private final Containers containers;

  ImageProbe(Daemon daemon, Containers containers) {
    this.daemon = daemon;
    this.containers = containers;
  }

  /**
   * Looks into an image.
   *
   * @param reference its name
   * @param image what the daemon says of it
   * @throws UnavailableException if it has no Postgres that bpg runs
   */
  ImageFacts run(String reference, InspectImageResponse image)
      throws IOException, InterruptedException {
    String subject = "the image " + reference;
    Map<String, String> said = parse(ask(subject, image));
    if (!said.containsKey("bin")) {
      throw new UnavailableException(
          OPERATION,
          subject,
          "it has no postgres and initdb",
          "name an image with Postgres, such as postgres:17");
    }
    Version version =
        Version.printed(said.getOrDefault("version", ""))
            .filter(found -> found.fits(OptionalInt.empty()))
            .orElseThrow(() -> wrongVersion(subject, said.get("version")));
    int uid = number(said, "uid");
    int gid = number(said, "gid");
    if (uid <= 0) {
      throw new UnavailableException(
          OPERATION,
          subject,
          "it has no user postgres, and it runs as root, as whom Postgres refuses to run",
          "add a user postgres to the image");
    }
    PostgresBuild build = version.build(ImageReference.origin(reference, image.getId()));
    return new ImageFacts(
        image.getId(), reference, digest(image), uid, gid, said.get("bin"), build, volumes(image));
  }

  private String ask(String subject, InspectImageResponse image)
      throws IOException, InterruptedException {
    OneShot probe =
        new OneShot(
            containers.probe(image.getId()),
            image.getId(),
            "",
            "",
            List.of("sh", "-c", SCRIPT),
            List.of(),
            List.of(),
            containers.labels(Containers.PROBE));
    try {
      OneShot.Result result = probe.run(daemon, containers, OPERATION, subject);
      if (result.output().contains("exec format error")) {
        throw foreign(subject, image, null);
      }
      return result.output();
    } catch (DockerException e) {
      if (DockerFailures.says(e, "exec format error")) {
        throw foreign(subject, image, e);
      }
      if (DockerFailures.says(e, "executable file not found", "no such file", "no command")) {
        throw new UnavailableException(
            OPERATION,
            subject,
            "it has no sh, and so no Postgres that bpg can find",
            "name an image with Postgres, such as postgres:17",
            e);
      }
      throw e;
    }
  }

  private UnavailableException foreign(
      String subject, InspectImageResponse image, @org.jspecify.annotations.Nullable Exception e)
      throws InterruptedException {
    return new UnavailableException(
        OPERATION,
        subject,
        "its programs are not for this machine: it is for "
            + image.getArch()
            + ", and the daemon runs on "
            + daemon.facts(OPERATION, subject).architecture(),
        "pull the image for this machine's platform",
        e);
  }

  private static UnavailableException wrongVersion(
      String subject, @org.jspecify.annotations.Nullable String printed) {
    return new UnavailableException(
        OPERATION,
        subject,
        "its postgres says it is " + printed + ", and bpg runs 14 to 18",
        "name an image with Postgres " + PostgresBuild.OLDEST + " to " + PostgresBuild.NEWEST);
  }

  private static Map<String, String> parse(String output) {
    return output
        .lines()
        .filter(line -> line.matches("(bin|version|uid|gid)=.*"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
  }

  private static int number(Map<String, String> said, String name) {
    String text = said.getOrDefault(name, "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static String digest(InspectImageResponse image) {
    return Optional.ofNullable(image.getRepoDigests()).orElse(List.of()).stream()
        .findFirst()
        .orElse("");
  }

  private static List<String> volumes(InspectImageResponse image) {
    if (image.getConfig() == null || image.getConfig().getVolumes() == null) {
      return List.of();
    }
    return image.getConfig().getVolumes().keySet().stream()
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
