package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.bpg.error.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fetching of an image from its registry, told in the log as it goes on. */
final class ImagePull extends Stream<PullResponseItem> {

  private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);
  private static final long TELL_AFTER = Duration.ofSeconds(5).toNanos();
  private static final long MEGABYTE = 1_000_000;

  private final String image;
  private final Map<String, long[]> layers = new HashMap<>();
  private long told = System.nanoTime();

  private ImagePull(String image) {
    this.image = image;
  }

  /**
   * Fetches an image, with the credentials of Docker's own configuration.
   *
   * @throws UnavailableException if it cannot be had
   */
  static void run(Daemon daemon, String image) throws InterruptedException {
    LOG.info("pulling {}, which this machine does not have", image);
    try (ImagePull pull = new ImagePull(image)) {
      daemon.client("pull", "the image " + image).pullImageCmd(image).exec(pull);
      pull.awaitEnd();
    } catch (DockerException | DockerClientException e) {
      throw failed(image, e);
    } catch (RuntimeException e) {
      throw e instanceof UnavailableException ours ? ours : failed(image, e);
    }
    LOG.info("pulled {}", image);
  }

  private static UnavailableException failed(String image, RuntimeException e) {
    return new UnavailableException(
        "pull",
        "the image " + image,
        "this machine does not have it, and it could not be fetched: " + DockerFailures.reason(e),
        DockerFailures.says(e, "denied", "unauthorized", "authentication")
            ? "check its name, and log in with docker login"
            : "check its name and the network, or load it with docker load",
        e);
  }

  @Override
  public void onNext(PullResponseItem item) {
    if (item.getErrorDetail() != null) {
      onError(new DockerClientException(String.valueOf(item.getErrorDetail().getMessage())));
      return;
    }
    if (item.getId() == null
        || item.getProgressDetail() == null
        || item.getProgressDetail().getTotal() == null
        || !"Downloading".equals(item.getStatus())) {
      return;
    }
    layers.put(
        item.getId(),
        new long[] {
          String.valueOf(item.getProgressDetail().getCurrent()).matches("[0-9]+")
              ? item.getProgressDetail().getCurrent()
              : 0,
          item.getProgressDetail().getTotal()
        });
    if (System.nanoTime() - told > TELL_AFTER) {
      told = System.nanoTime();
      LOG.info("pulling {}: {} of {} MB so far", image, sum(0) / MEGABYTE, sum(1) / MEGABYTE);
    }
  }

  private long sum(int which) {
    return layers.values().stream().mapToLong(layer -> layer[which]).sum();
  }
}
