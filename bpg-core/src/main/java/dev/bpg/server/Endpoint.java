package dev.bpg.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a running server listens.
 *
 * @param host a host name or address
 * @param port a TCP port
 * @param socket the server's Unix-domain socket, over which this process may connect as the
 *     superuser without a password; empty where the runtime has none
 */
public record Endpoint(String host, int port, Optional<Path> socket) {}
