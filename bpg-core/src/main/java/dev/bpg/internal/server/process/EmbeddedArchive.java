package dev.bpg.internal.server.process;

import dev.bpg.internal.server.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * An archive of Postgres binaries on the class path.
 *
 * @param url where it is
 * @param key the same for the same content, wherever it is; fit for a file name
 * @param guess the version by the jar's name, which may be wrong
 */
record EmbeddedArchive(URL url, String key, Optional<Version> guess) {

  /** Looks at an archive, of a jar in its list of files only. */
  static EmbeddedArchive at(URL url) throws IOException {
    return new EmbeddedArchive(url, key(url), Version.ofJar(url.toString()));
  }

  private static String key(URL url) throws IOException {
    URLConnection connection = connect(url);
    if (connection instanceof JarURLConnection jar) {
      try (JarFile file = jar.getJarFile()) {
        JarEntry entry = jar.getJarEntry();
        if (entry.getCrc() >= 0 && entry.getSize() >= 0) {
          return key(entry.getCrc(), entry.getSize());
        }
      }
    }
    try (CheckedInputStream in =
        new CheckedInputStream(connect(url).getInputStream(), new CRC32())) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return key(in.getChecksum().getValue(), size);
    }
  }

  private static String key(long crc, long size) {
    return String.format("%08x-%d", crc, size);
  }

  InputStream open() throws IOException {
    return connect(url).getInputStream();
  }

  // Java's cache of open jars is shared with the application: closing one there would break others.
  private static URLConnection connect(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection;
  }
}
