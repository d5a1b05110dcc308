package dev.bpg.config;

/** What runs the servers: the key {@code server.type}, there in lower case. */
public enum ServerType {
  /** The best one that is available here. The default. */
  AUTO,
  /** Processes of this machine. */
  PROCESS
}
