package dev.bpg.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Speaks just enough of Postgres' protocol to say yes to every statement that has no rows. */
final class AgreeableServer {

  private final Path socket;
  private final ServerSocketChannel server;

  AgreeableServer() {
    try {
      socket = Files.createTempDirectory("bpg").resolve("s");
      socket.toFile().deleteOnExit();
      socket.getParent().toFile().deleteOnExit();
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  Path socket() {
    return socket;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "agreeable server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        start(() -> serve(client));
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(SocketChannel client) {
    try (client) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(client));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client));
      in.skipNBytes(in.readInt() - 4);
      greet(out);
      for (int type = in.read(); type > 0 && type != 'X'; type = in.read()) {
        in.skipNBytes(in.readInt() - 4);
        answer(type, out);
      }
    } catch (IOException e) {
      // The client went away in the middle, as a killed or interrupted one does.
      return;
    }
  }

  private static void greet(DataOutputStream out) throws IOException {
    send(out, 'R', new byte[4]);
    for (String parameter :
        List.of(
            "server_version\0" + "17.0\0",
            "client_encoding\0UTF8\0",
            "DateStyle\0ISO, MDY\0",
            "integer_datetimes\0on\0",
            "standard_conforming_strings\0on\0")) {
      send(out, 'S', parameter.getBytes(StandardCharsets.UTF_8));
    }
    send(out, 'K', new byte[8]);
    send(out, 'Z', new byte[] {'I'});
  }

  private static void answer(int type, DataOutputStream out) throws IOException {
    byte[] done = "SET\0".getBytes(StandardCharsets.UTF_8);
    switch (type) {
      case 'P' -> send(out, '1', new byte[0]);
      case 'B' -> send(out, '2', new byte[0]);
      case 'D' -> send(out, 'n', new byte[0]);
      case 'E' -> send(out, 'C', done);
      case 'S' -> send(out, 'Z', new byte[] {'I'});
      case 'Q' -> {
        send(out, 'C', done);
        send(out, 'Z', new byte[] {'I'});
      }
      default -> throw new IOException("unexpected message " + (char) type);
    }
  }

  private static void send(DataOutputStream out, char type, byte[] body) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(message);
    data.writeByte(type);
    data.writeInt(body.length + 4);
    data.write(body);
    out.write(message.toByteArray());
  }
}
