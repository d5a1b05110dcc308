package dev.bpg.internal.server.docker;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.UnauthorizedException;
import dev.bpg.error.BpgException;
import dev.bpg.error.UnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the daemon and docker-java throw into errors that say what was being done. */
final class DockerFailures {

  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private DockerFailures() {}

  /** What the daemon said, in one line. */
  static String reason(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher message = MESSAGE.matcher(text);
    String said = message.find() ? message.group(1).replaceAll("\\\\(.)", "$1") : text;
    return said.replaceFirst("^Status [0-9]+: ", "").strip();
  }

  /** Whether the daemon said something of the sort. */
  static boolean says(Throwable failure, String... phrases) {
    String said = reason(failure).toLowerCase(Locale.ROOT);
    for (String phrase : phrases) {
      if (said.contains(phrase)) {
        return true;
      }
    }
    return false;
  }

  /** The error for a request that failed, whether it was answered or not. */
  static BpgException translate(
      String operation, String subject, String daemon, RuntimeException failure) {
    if (failure instanceof BpgException ours) {
      return ours;
    }
    Optional<IOException> io = ioCause(failure);
    if (io.isPresent()) {
      return unreachable(operation, subject, daemon, io.get());
    }
    if (failure instanceof UnauthorizedException) {
      return new UnavailableException(
          operation, subject, reason(failure), "log in with docker login", failure);
    }
    if (failure instanceof DockerException || failure instanceof DockerClientException) {
      return new UnavailableException(
          operation, subject, "the Docker daemon says: " + reason(failure), hint(failure), failure);
    }
    throw failure;
  }

  private static String hint(RuntimeException failure) {
    if (says(failure, "network")) {
      return "set docker.network to one of docker network ls";
    }
    if (says(failure, "memory limit", "memory")) {
      return "set docker.memory to what the daemon allows";
    }
    if (says(failure, "cpus")) {
      return "set docker.cpus to what the daemon allows";
    }
    return "correct what the daemon names, then try it again";
  }

  private static Optional<IOException> ioCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }

  private static UnavailableException unreachable(
      String operation, String subject, String daemon, IOException failure) {
    String text = String.valueOf(failure.getMessage());
    String at = "the Docker daemon at " + daemon + " ";
    if (text.contains("Permission denied")) {
      return new UnavailableException(
          operation,
          subject,
          at + "does not let this user in",
          "add the user to the group docker with usermod -aG docker <user>, and log in again",
          failure);
    }
    if (text.contains("No such file") || failure instanceof FileNotFoundException) {
      return new UnavailableException(
          operation,
          subject,
          at + "is not there: its socket does not exist",
          "start Docker, or name another daemon with DOCKER_HOST",
          failure);
    }
    if (text.contains("refused")) {
      return new UnavailableException(
          operation,
          subject,
          at + "does not answer: connection refused",
          "start Docker, or name another daemon with DOCKER_HOST",
          failure);
    }
    return new UnavailableException(
        operation,
        subject,
        at + "cannot be talked to: " + text,
        "see that the daemon runs with docker version, then try it again",
        failure);
  }
}
