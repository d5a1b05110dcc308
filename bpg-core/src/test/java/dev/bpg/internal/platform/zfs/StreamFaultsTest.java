package dev.bpg.internal.platform.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import dev.bpg.testing.TestZfs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams whose other end fails, ends early or never comes back: nothing hangs. */
@Timeout(60)
class StreamFaultsTest {

  private TestZfs test;
  private Streams streams;
  private SnapshotName snapshot;
  private SnapshotName received;

  @BeforeEach
  void make() throws IOException {
    test = TestZfs.make();
    streams = test.zfs().streams();
    DatasetName source = test.create("source");
    Path folder = test.mount(source);
    byte[] bytes = new byte[4 << 20];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve("file"), bytes);
    snapshot = test.snapshot(source, "s");
    received = test.root().child("target").snapshot("s");
  }

  @AfterEach
  void destroy() throws IOException {
    if (test != null) {
      test.close();
    }
  }

  private byte[] sent() throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    streams.send(SendRequest.of(snapshot), stream, StreamProgress.NONE);
    return stream.toByteArray();
  }

  @Test
  void aReaderThatFailsEndsTheSending() {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("the network is gone");
          }
        };
    assertThatThrownBy(() -> streams.send(SendRequest.of(snapshot), failing, StreamProgress.NONE))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the network is gone");
  }

  @Test
  void aCallbackThatThrowsEndsTheSending() {
    IllegalStateException thrown = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                streams.send(
                    SendRequest.of(snapshot),
                    OutputStream.nullOutputStream(),
                    bytes -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }

  @Test
  void anInterruptionEndsTheSendingToAReaderThatNeverReads() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            writing.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertInterrupted(
        writing,
        "cannot send snapshot " + snapshot + ": it was interrupted",
        () -> streams.send(SendRequest.of(snapshot), stuck, StreamProgress.NONE));
  }

  @Test
  void anInterruptionEndsTheReceivingFromAWriterThatNeverWrites() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    assertInterrupted(
        reading,
        "cannot receive snapshot " + received + ": it was interrupted",
        () -> streams.receive(ReceiveRequest.as(received), new Stuck(reading), s -> {}));
    assertThat(test.zfs().datasets().exists(received.dataset())).isFalse();
  }

  private interface Body {
    void run() throws IOException;
  }

  private static void assertInterrupted(CountDownLatch begun, String message, Body body)
      throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> status = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              thrown.set(catchThrowable(body::run));
              status.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    begun.await();
    thread.interrupt();
    thread.join();
    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            ZfsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED))
        .hasMessage(message);
    assertThat(status.get()).isTrue();
  }

  /** Never gives a byte, and does not mind interruptions. */
  private static final class Stuck extends InputStream {
    private final CountDownLatch reading;

    Stuck(CountDownLatch reading) {
      this.reading = reading;
    }

    @Override
    public int read() {
      reading.countDown();
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          // As a socket would.
          continue;
        }
      }
    }
  }

  @Test
  void aRefusedStreamIsToldThoughItsWriterNeverEnds() throws IOException {
    byte[] stream = sent();
    streams.receive(
        ReceiveRequest.as(received).with(TestZfs.unmounted()),
        new ByteArrayInputStream(stream),
        StreamProgress.NONE);
    InputStream endless =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(stream, 0, 100_000), new Stuck(new CountDownLatch(1)));
    Errors.assertFails(
        Kind.EXISTS,
        17,
        "cannot receive snapshot " + received + ": there is such a snapshot",
        () -> streams.receive(ReceiveRequest.as(received), endless, StreamProgress.NONE));
  }

  @Test
  void aWriterThatFailsLeavesNothingReceived() throws IOException {
    byte[] stream = sent();
    InputStream failing =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(stream, 0, stream.length / 2),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the network is gone");
              }
            });
    assertThatThrownBy(
            () -> streams.receive(ReceiveRequest.as(received), failing, StreamProgress.NONE))
        .hasMessage("the network is gone")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(test.zfs().datasets().exists(received.dataset())).isFalse();
  }

  @Test
  void whatIsNoStreamOrNotAllOfOneIsRefused() throws IOException {
    byte[] stream = sent();
    byte[] damaged = stream.clone();
    Arrays.fill(damaged, 200_000, 200_100, (byte) 7);
    for (byte[] bad :
        new byte[][] {
          {}, {1, 2, 3}, new byte[100_000], Arrays.copyOf(stream, stream.length - 1), damaged
        }) {
      assertThatThrownBy(
              () ->
                  streams.receive(
                      ReceiveRequest.as(received),
                      new ByteArrayInputStream(bad),
                      StreamProgress.NONE))
          .isInstanceOfSatisfying(
              ZfsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_STREAM));
      assertThat(test.zfs().datasets().exists(received.dataset())).isFalse();
    }
  }
}
