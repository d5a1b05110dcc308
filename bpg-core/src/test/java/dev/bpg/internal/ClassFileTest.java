package dev.bpg.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFileTest {

  private static final String RESOURCE = "shop/Order.class";

  @TempDir private Path folder;

  @Test
  void findsTheFolderOrTheJarWhoseNameMayHaveSpaces() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("my classes"));
    Files.createFile(Files.createDirectories(classes.resolve("shop")).resolve("Order.class"));
    Path jar = folder.resolve("my shop.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      entries.putNextEntry(new JarEntry(RESOURCE));
    }
    assertThat(ClassFile.of(found(classes), RESOURCE)).contains(classes);
    assertThat(ClassFile.of(found(jar), RESOURCE)).contains(jar);
  }

  private static URL found(Path entry) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {entry.toUri().toURL()}, null)) {
      return loader.getResource(RESOURCE);
    }
  }

  @Test
  void hasNothingForAJarInAJarAndForWhatIsNotThere() throws IOException {
    URL nested = URI.create("jar:file:/app.jar!/lib/shop.jar!/" + RESOURCE).toURL();
    assertThat(ClassFile.of(nested, RESOURCE)).isEmpty();
    assertThat(ClassFile.locate("shop.Order")).isEmpty();
    assertThat(ClassFile.locate("com.sun.jna.Native").orElseThrow().toString()).endsWith(".jar");
  }
}
