package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.bpg.error.UnavailableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The daemon that Docker's own configuration names, and one client of it. Nothing is asked of it
 * before it is needed. Safe for use by several threads.
 *
 * <p>Requests run in threads of their own: an interrupt would close a connection in the middle of a
 * request, and nobody would know whether the daemon has done it.
 */
final class Daemon {

  private static final Duration CONNECT_TIME = Duration.ofSeconds(2);
  private static final Duration HELLO_TIME = Duration.ofSeconds(10);
  private static final Duration REQUEST_TIME = Duration.ofMinutes(2);
  private static final int CONNECTIONS = 200;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "bpg-docker");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String address = "an unknown place";
  private @Nullable Connected connected;

  private record Connected(DockerClient client, DaemonFacts facts) {}

  /** Something asked of the daemon. */
  interface Request<T> extends Function<DockerClient, T> {}

  /** What is known of the daemon, which is asked for it once. */
  DaemonFacts facts(String operation, String subject) throws InterruptedException {
    return connected(operation, subject).facts();
  }

  /** Where the daemon is, or was looked for. */
  String address() {
    return address;
  }

  /** The client, for what is not one request and one answer. */
  DockerClient client(String operation, String subject) throws InterruptedException {
    return connected(operation, subject).client();
  }

  /**
   * Asks for something and waits for the answer, also when the thread is interrupted meanwhile:
   * then {@link InterruptedException} comes after it.
   *
   * @throws com.github.dockerjava.api.exception.DockerException if the daemon refuses
   * @throws UnavailableException if it does not answer
   */
  <T> T ask(String operation, String subject, Request<T> request) throws InterruptedException {
    Connected open = connected(operation, subject);
    Future<T> answer = threads.submit(() -> request.apply(open.client()));
    return await(answer, REQUEST_TIME, operation, subject, address);
  }

  /** Asks for something whose answer is needed later. */
  <T> Pending<T> begin(String operation, String subject, Request<T> request)
      throws InterruptedException {
    Connected open = connected(operation, subject);
    Future<T> answer = threads.submit(() -> request.apply(open.client()));
    return () -> await(answer, REQUEST_TIME, operation, subject, address);
  }

  /** An answer that is still to come. */
  interface Pending<T> {
    T get() throws InterruptedException;
  }

  private synchronized Connected connected(String operation, String subject)
      throws InterruptedException {
    if (connected == null) {
      connected = connect(operation, subject);
    }
    return connected;
  }

  private Connected connect(String operation, String subject) throws InterruptedException {
    DockerClientConfig config = config(operation, subject);
    address = config.getDockerHost().toString();
    DockerClient client = client(config, operation, subject);
    Version version =
        await(
            threads.submit(() -> client.versionCmd().exec()),
            HELLO_TIME,
            operation,
            subject,
            address);
    Info info =
        await(
            threads.submit(() -> client.infoCmd().exec()),
            REQUEST_TIME,
            operation,
            subject,
            address);
    return new Connected(client, DaemonFacts.of(version, info));
  }

  private static DockerClientConfig config(String operation, String subject) {
    try {
      // Whatever a docker-java.properties on the class path says, such as Spring Boot 3.5's:
      // without
      // a version the daemon takes its own, and is never asked for one that it does not have.
      return DefaultDockerClientConfig.createDefaultConfigBuilder()
          .withApiVersion(RemoteApiVersion.unknown())
          .build();
    } catch (RuntimeException e) {
      throw new UnavailableException(
          operation,
          subject,
          "Docker's configuration cannot be used: " + e.getMessage(),
          "correct DOCKER_HOST, DOCKER_CONTEXT or DOCKER_CERT_PATH",
          e);
    }
  }

  private static DockerClient client(DockerClientConfig config, String operation, String subject) {
    try {
      return DockerClientImpl.getInstance(
          config,
          new ZerodepDockerHttpClient.Builder()
              .dockerHost(config.getDockerHost())
              .sslConfig(config.getSSLConfig())
              .maxConnections(CONNECTIONS)
              .connectionTimeout(CONNECT_TIME)
              .build());
    } catch (LinkageError e) {
      // Testcontainers 1 asks for an older one, which a build may prefer.
      throw new UnavailableException(
          operation,
          subject,
          "the class path has an older docker-java than bpg needs: " + e,
          "have the build take docker-java-api and docker-java-transport-zerodep in the version that"
              + " bpg-core asks for",
          e);
    } catch (RuntimeException e) {
      throw new UnavailableException(
          operation,
          subject,
          "bpg cannot connect to " + config.getDockerHost() + ": " + e.getMessage(),
          "name a daemon with unix:// or tcp:// by DOCKER_HOST",
          e);
    }
  }

  private static <T> T await(
      Future<T> answer, Duration limit, String operation, String subject, String address)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          T value = answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (interrupted) {
            throw new InterruptedException();
          }
          return value;
        } catch (InterruptedException e) {
          if (interrupted) {
            throw e;
          }
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause(), operation, subject, address);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new UnavailableException(
          operation,
          subject,
          "the Docker daemon at " + address + " has not answered for " + limit.toSeconds() + " s",
          "see what docker version says, and restart Docker if it hangs",
          e);
    }
  }

  private static RuntimeException rethrown(
      Throwable cause, String operation, String subject, String address) {
    if (cause instanceof com.github.dockerjava.api.exception.DockerException said) {
      return said;
    }
    if (cause instanceof RuntimeException failure) {
      return DockerFailures.translate(operation, subject, address, failure);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }
}
