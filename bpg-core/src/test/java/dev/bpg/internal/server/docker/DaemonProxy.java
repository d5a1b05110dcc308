package dev.bpg.internal.server.docker;

import dev.bpg.internal.server.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A daemon that goes away, as a client sees it: passes everything on to the real one until a
 * request with a certain text comes, which is passed on too; then it closes all connections and
 * takes no more. The docker-java of this JVM uses it while it is open.
 */
final class DaemonProxy implements AutoCloseable {

  private static final String PROPERTY = "DOCKER_HOST";

  private final Path folder;
  private final UnixDomainSocketAddress real;
  private final @Nullable String deadly;
  private final List<SocketChannel> open = new ArrayList<>();
  private final ServerSocketChannel server;

  private DaemonProxy(@Nullable String deadly) throws IOException {
    this.deadly = deadly;
    this.real = UnixDomainSocketAddress.of(URI.create(System.getenv(PROPERTY)).getPath());
    this.folder = Files.createTempDirectory("bpg-proxy");
    this.server = listen();
    System.setProperty(PROPERTY, "unix://" + socket());
  }

  /** One that goes away when it has passed on a request that contains this. */
  static DaemonProxy thatDiesOf(String request) throws IOException {
    return new DaemonProxy(request);
  }

  private Path socket() {
    return folder.resolve("s");
  }

  private ServerSocketChannel listen() throws IOException {
    Files.deleteIfExists(socket());
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket()));
    start(() -> accept(channel));
    return channel;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "daemon proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocketChannel channel) {
    while (channel.isOpen()) {
      try {
        SocketChannel client = channel.accept();
        SocketChannel daemon = SocketChannel.open(real);
        synchronized (this) {
          open.add(client);
          open.add(daemon);
        }
        start(() -> pass(client, daemon, true));
        start(() -> pass(daemon, client, false));
      } catch (IOException e) {
        return; // It died.
      }
    }
  }

  private void pass(SocketChannel from, SocketChannel to, boolean requests) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        String text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
        if (requests && deadly != null && text.contains(deadly)) {
          die();
        }
      }
    } catch (IOException e) {
      return; // The other side closed it.
    }
  }

  private synchronized void die() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  @Override
  public void close() {
    System.clearProperty(PROPERTY);
    try {
      die();
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
