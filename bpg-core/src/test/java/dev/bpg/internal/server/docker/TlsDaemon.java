package dev.bpg.internal.server.docker;

import dev.bpg.internal.server.FolderTree;
import dev.bpg.internal.tls.GeneratedCertificate;
import dev.bpg.internal.tls.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * The real daemon as one on the network: on a port of the loopback, behind TLS, and for clients of
 * its own authority only. The files that Docker's clients need are in a folder, as {@code
 * DOCKER_CERT_PATH} names one.
 */
final class TlsDaemon implements AutoCloseable {

  private final UnixDomainSocketAddress real;
  private final SSLServerSocket server;
  private final Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  private TlsDaemon(ServerCertificate own, ServerCertificate client) throws Exception {
    this.real = UnixDomainSocketAddress.of(URI.create(System.getenv("DOCKER_HOST")).getPath());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(own), new TrustManager[] {only(certificate(client.authority()))}, null);
    this.server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    this.folder = Files.createTempDirectory("bpg-tls");
    Files.writeString(folder.resolve("ca.pem"), own.authority());
    Files.writeString(folder.resolve("cert.pem"), leaf(client));
    Files.writeString(folder.resolve("key.pem"), key(client));
    start(this::accept);
  }

  static TlsDaemon start() throws Exception {
    Instant now = Instant.now();
    return new TlsDaemon(
        GeneratedCertificate.make("daemon", now), GeneratedCertificate.make("client", now));
  }

  /** Its address, for {@code DOCKER_HOST}. */
  String address() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  /** The folder with a client's files. */
  Path files() {
    return folder;
  }

  private static String leaf(ServerCertificate of) {
    String end = "-----END CERTIFICATE-----\n";
    int first = of.server().indexOf("-----BEGIN CERTIFICATE");
    return of.server().substring(first, of.server().indexOf(end) + end.length());
  }

  private static String key(ServerCertificate of) {
    return of.server().substring(0, of.server().indexOf("-----BEGIN CERTIFICATE"));
  }

  private static javax.net.ssl.KeyManager[] keys(ServerCertificate own) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate leaf = certificate(leaf(own));
    store.setKeyEntry("daemon", privateKey(own), new char[0], new X509Certificate[] {leaf});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static PrivateKey privateKey(ServerCertificate own) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(key(own)))) {
      Object read = parser.readObject();
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return read instanceof PEMKeyPair pair
          ? converter.getKeyPair(pair).getPrivate()
          : converter.getPrivateKey((PrivateKeyInfo) read);
    }
  }

  private static X509Certificate certificate(String pem) throws Exception {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return new JcaX509CertificateConverter()
          .getCertificate((X509CertificateHolder) parser.readObject());
    }
  }

  private static X509TrustManager only(X509Certificate authority) {
    return new X509TrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type)
          throws CertificateException {
        try {
          chain[0].verify(authority.getPublicKey());
        } catch (Exception e) {
          throw new CertificateException(e);
        }
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type)
          throws CertificateException {
        throw new CertificateException("this one is a server itself");
      }

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
      }
    };
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "daemon behind TLS");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        SocketChannel daemon = SocketChannel.open(real);
        synchronized (open) {
          open.add(client);
          open.add(daemon);
        }
        start(() -> pass(client, daemon, () -> requests(client, daemon)));
        start(() -> pass(client, daemon, () -> answers(daemon, client)));
      } catch (IOException e) {
        return; // It is closed.
      }
    }
  }

  // Not by streams of the channel: of these one waits until the other has read something.
  private static void requests(Socket client, SocketChannel daemon) throws IOException {
    byte[] bytes = new byte[1 << 16];
    InputStream from = client.getInputStream();
    for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, read);
      while (buffer.hasRemaining()) {
        daemon.write(buffer);
      }
    }
  }

  private static void answers(SocketChannel daemon, Socket client) throws IOException {
    byte[] bytes = new byte[1 << 16];
    for (int read = daemon.read(ByteBuffer.wrap(bytes));
        read >= 0;
        read = daemon.read(ByteBuffer.wrap(bytes))) {
      client.getOutputStream().write(bytes, 0, read);
      client.getOutputStream().flush();
    }
  }

  private interface Passing {
    void run() throws IOException;
  }

  private static void pass(Socket client, SocketChannel daemon, Passing passing) {
    try (client;
        daemon) {
      passing.run();
    } catch (IOException e) {
      return; // The other side closed it, or is not let in.
    }
  }

  @Override
  public void close() throws Exception {
    server.close();
    synchronized (open) {
      for (AutoCloseable each : open) {
        each.close();
      }
    }
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
