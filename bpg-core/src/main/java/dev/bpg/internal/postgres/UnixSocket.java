package dev.bpg.internal.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Socket} over a Unix-domain channel, as far as the JDBC driver uses one. Interrupting a
 * thread that reads, writes or connects closes it. Options of TCP are taken and have no effect; so
 * has the read time-out, which a blocking channel cannot keep.
 */
final class UnixSocket extends Socket {

  private final Path path;
  private @Nullable SocketChannel channel;
  private boolean closed;
  private int timeout;

  UnixSocket(Path path) {
    this.path = path;
  }

  @Override
  public void connect(SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  // A local server's queue takes a connection at once or not at all, so no time-out is needed.
  @Override
  public synchronized void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
    SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      opened.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      opened.close();
      throw new IOException(path + ": " + e.getMessage(), e);
    }
    channel = opened;
  }

  private synchronized SocketChannel channel() throws IOException {
    if (channel == null) {
      throw new IOException("the socket " + path + " is not connected");
    }
    return channel;
  }

  // Channels.newInputStream and newOutputStream share a lock, so that a write would wait for a read
  // in another thread; the driver cancels and closes from other threads. These don't.
  @Override
  public InputStream getInputStream() throws IOException {
    SocketChannel open = channel();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return open.read(ByteBuffer.wrap(bytes, offset, length));
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    SocketChannel open = channel();
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
          open.write(buffer);
        }
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public synchronized boolean isConnected() {
    return channel != null;
  }

  @Override
  public synchronized boolean isClosed() {
    return closed || (channel != null && !channel.isOpen());
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    return null;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return InetSocketAddress.createUnresolved("localhost", 0);
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public synchronized void setSoTimeout(int timeoutMillis) {
    timeout = timeoutMillis;
  }

  @Override
  public synchronized int getSoTimeout() {
    return timeout;
  }

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public int getReceiveBufferSize() {
    return 8192;
  }

  @Override
  public int getSendBufferSize() {
    return 8192;
  }
}
