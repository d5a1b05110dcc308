package dev.bpg.internal.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/** TCP ports of the loopback address. */
public final class Ports {

  private Ports() {}

  /** The preferred port if it can be bound now, else one that can. */
  public static int choose(OptionalInt preferred) throws IOException {
    if (preferred.isPresent() && isFree(preferred.getAsInt())) {
      return preferred.getAsInt();
    }
    return bind(0);
  }

  /** Whether a port can be bound at this moment. */
  public static boolean isFree(int port) throws IOException {
    try {
      bind(port);
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static int bind(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // As Postgres does: a port whose connections are only just closed counts as free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket.getLocalPort();
    }
  }
}
