package dev.bpg.config;

/** What runs the servers: the key {@code server.type}, there in lower case. */
public enum ServerType {
  /** Processes where there are Postgres binaries, else Docker. The default. */
  AUTO,
  /** Processes of this machine. */
  PROCESS,
  /** Containers of a Docker daemon. */
  DOCKER
}
