package dev.bpg.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.internal.catalog.BranchLocks;
import dev.bpg.internal.platform.LockFile;
import dev.bpg.model.BranchName;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bpg loaded twice in one JVM, as two web applications do, over one home. */
class ClassLoadersTest {

  private static final BranchName NAME = BranchName.main("api");

  @TempDir Path locks;
  private URLClassLoader other;

  @BeforeEach
  void loadAgain() {
    URL classes = LockFile.class.getProtectionDomain().getCodeSource().getLocation();
    other = new OwnClasses(classes);
  }

  @AfterEach
  void close() throws Exception {
    other.close();
  }

  @Test
  void anExclusiveLockKeepsTheOtherCopyAway() throws Exception {
    Object others;
    try (LockFile ours = new BranchLocks(locks).exclusive(NAME)) {
      assertThat(tryOther()).isEmpty();
    }
    others = tryOther().orElseThrow();
    assertThat(others.getClass()).isNotEqualTo(LockFile.class);
    assertThat(new BranchLocks(locks).tryExclusive(NAME)).isEmpty();
    ((AutoCloseable) others).close();
    try (LockFile ours = new BranchLocks(locks).tryExclusive(NAME).orElseThrow()) {
      assertThat(ours).isNotNull();
    }
  }

  private Optional<?> tryOther() throws Exception {
    Class<?> type = other.loadClass(BranchLocks.class.getName());
    Class<?> nameType = other.loadClass(BranchName.class.getName());
    Object otherLocks = type.getConstructor(Path.class).newInstance(locks);
    Object name = nameType.getMethod("main", String.class).invoke(null, "api");
    return (Optional<?>) type.getMethod("tryExclusive", nameType).invoke(otherLocks, name);
  }

  /** Loads bpg itself and leaves the libraries to the loader of this class. */
  private static final class OwnClasses extends URLClassLoader {
    OwnClasses(URL classes) {
      super(new URL[] {classes}, ClassLoadersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.bpg.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }
}
