package dev.bpg.internal.postgres;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Makes sockets that connect to one Unix-domain socket, whatever host and port they are told. For
 * the JDBC driver's property {@code socketFactory}, with the path in {@code socketFactoryArg}. Safe
 * for use by several threads.
 */
public final class UnixSocketFactory extends SocketFactory {

  private final Path path;

  /** Called by the driver with the path of the socket. */
  public UnixSocketFactory(String path) {
    this.path = Path.of(path);
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver connects its sockets itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("the driver connects its sockets itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("the driver connects its sockets itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("the driver connects its sockets itself");
  }
}
