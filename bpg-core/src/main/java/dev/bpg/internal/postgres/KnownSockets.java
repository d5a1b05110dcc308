package dev.bpg.internal.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Sockets as the driver has them by itself, of which the thread that connects knows the last one:
 * the driver shows nobody what a connection goes over. Made by the driver, by its name.
 */
public final class KnownSockets extends SocketFactory {

  private static final ThreadLocal<Socket> LAST = new ThreadLocal<>();

  /** For the driver. */
  public KnownSockets() {}

  /**
   * The socket of the connection that this thread has just opened. Empty at the second call, and
   * where the driver connects in a thread of its own, as it does for a time-out.
   */
  static Optional<Socket> takeLast() {
    Optional<Socket> last = Optional.ofNullable(LAST.get());
    LAST.remove();
    return last;
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket made = getDefault().createSocket();
    LAST.set(made);
    return made;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return getDefault().createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return getDefault().createSocket(host, port, local, localPort);
  }
}
