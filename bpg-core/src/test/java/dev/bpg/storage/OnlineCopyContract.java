package dev.bpg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpg.error.CancelledException;
import dev.bpg.error.UnavailableException;
import dev.bpg.internal.platform.Inodes;
import dev.bpg.testing.Ability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every storage that clones file by file must do on top. */
@Ability("A parent that runs is cloned file by file, in backup mode")
abstract class OnlineCopyContract extends FolderStorageContract {

  static final OnlineCopyRules ALL = rules(path -> false, path -> false);

  static OnlineCopyRules rules(Predicate<Path> excludes, Predicate<Path> last) {
    return new OnlineCopyRules() {
      @Override
      public boolean excludes(Path relative) {
        return excludes.test(relative);
      }

      @Override
      public boolean last(Path relative) {
        return last.test(relative);
      }
    };
  }

  @Override
  abstract OnlineCopyStorage storage(Path root);

  OnlineCopyStorage online() {
    return (OnlineCopyStorage) storage;
  }

  @Test
  void leavesOutWhatIsExcluded() throws IOException {
    Path data = fill(id);
    OnlineCopyRules rules =
        rules(p -> p.equals(Path.of("base/1")) || p.equals(Path.of("PG_VERSION")), p -> false);

    Path clone = online().copyOnline(id, other, rules);

    var expected = Tree.of(data);
    expected.keySet().removeIf(p -> p.startsWith("base/1") || p.equals("PG_VERSION"));
    assertThat(Tree.of(clone)).isEqualTo(expected);
  }

  @Test
  void whatComesLastIsReadAfterEverythingElse() throws IOException {
    Path data = fill(id);
    Path control = Files.writeString(data.resolve("base/control"), "before");
    // The rule is asked for each file; whichever is asked for, control must not have been read.
    OnlineCopyRules rules =
        rules(
            path -> {
              write(control, "asked " + path);
              return false;
            },
            path -> path.endsWith("control"));

    Path clone = online().copyOnline(id, other, rules);

    assertThat(clone.resolve("base/control")).hasSameBinaryContentAs(control);
    assertThat(Tree.of(clone)).isEqualTo(Tree.of(data));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatIsRewrittenIsOneVersionOfItself() throws IOException {
    Path control = storage.createVolume(id).resolve("control");
    Files.write(control, version(0));
    whileRunning(
        n -> Files.write(control, version(n), StandardOpenOption.WRITE),
        () -> {
          Path clone = online().copyOnline(id, other, rules(p -> false, p -> true));
          byte[] copied = Files.readAllBytes(clone.resolve("control"));
          assertThat(copied).isEqualTo(version(copied[0]));
          storage.deleteVolume(other);
        });
  }

  private static byte[] version(int n) {
    byte[] bytes = new byte[8192];
    Arrays.fill(bytes, (byte) n);
    return bytes;
  }

  @Test
  void filesAndFoldersThatComeAndGoAreNoError() throws IOException {
    Path data = fill(id);
    whileRunning(
        n -> {
          Path sub = Files.createDirectory(data.resolve("passing" + n));
          Files.writeString(sub.resolve("a"), "a");
          Files.writeString(data.resolve("base/t" + n), "b");
          Files.delete(data.resolve("base/t" + n));
          Files.delete(sub.resolve("a"));
          Files.delete(sub);
        },
        () -> {
          Path clone = online().copyOnline(id, other, ALL);
          storage.space(id);
          assertThat(clone.resolve("base/1/1259")).hasSize(100_000);
          storage.deleteVolume(other);
        });
  }

  @Test
  void aFileThatGrowsDoesNotHoldTheCopyUp() throws IOException {
    Path log = storage.createVolume(id).resolve("log");
    Files.write(log, new byte[8192]);
    whileRunning(
        n -> {
          if (n < 2000) {
            Files.write(log, new byte[8192], StandardOpenOption.APPEND);
          }
        },
        () -> {
          Path clone = online().copyOnline(id, other, ALL);
          assertThat(Files.size(clone.resolve("log"))).isPositive().isLessThan(17 << 20);
          storage.deleteVolume(other);
        });
  }

  @FunctionalInterface
  interface Writing {
    void run(int n) throws IOException;
  }

  @FunctionalInterface
  interface Copying {
    void run() throws IOException;
  }

  private static void whileRunning(Writing writing, Copying copying) throws IOException {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!stop.get()) {
                  writing.run(rounds.incrementAndGet());
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 50; i++) {
        copying.run();
      }
    } finally {
      stop.set(true);
      join(writer);
    }
    assertThat(rounds).hasPositiveValue();
  }

  @Test
  void anInterruptionCancelsAndLeavesNothing() throws IOException {
    fill(id);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> storage.cloneVolume(id, other))
          .isInstanceOf(CancelledException.class)
          .hasMessage(
              "cannot clone volume %s: the thread was interrupted\n"
                  + "HINT: try again; nothing was left behind",
              root.resolve(other.value()));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(root.resolve(other.value())).doesNotExist();
    assertThat(storage.volumes()).containsExactly(id);
  }

  @Test
  void anInterruptionWhileFilesAreClonedCancels() throws IOException {
    fill(id);
    Thread caller = Thread.currentThread();
    OnlineCopyRules rules =
        rules(
            path -> {
              caller.interrupt();
              return false;
            },
            path -> true);
    try {
      assertThatThrownBy(() -> online().copyOnline(id, other, rules))
          .isInstanceOf(CancelledException.class);
      assertThat(caller.isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(storage.volumes()).containsExactly(id);
  }

  @Test
  void aRuleThatFailsLeavesNothing() throws IOException {
    fill(id);
    IllegalStateException failure = new IllegalStateException("from the rule");
    OnlineCopyRules rules =
        rules(
            path -> {
              throw failure;
            },
            path -> false);
    assertThatThrownBy(() -> online().copyOnline(id, other, rules)).isSameAs(failure);
    assertThat(root.resolve(other.value())).doesNotExist();
  }

  @Test
  void aFileThatMayNotBeReadIsUnavailable() throws IOException {
    assumeTrue(!Inodes.isRoot(), "root may read everything");
    Path data = fill(id);
    Inodes.setMode(data.resolve("base/1/1259").toString(), 0);
    assertThatThrownBy(() -> storage.cloneVolume(id, other))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("permission denied (open(" + data.resolve("base/1/1259"));
    assertThat(root.resolve(other.value())).doesNotExist();
  }
}
