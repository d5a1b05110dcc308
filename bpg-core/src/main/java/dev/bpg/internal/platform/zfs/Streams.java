package dev.bpg.internal.platform.zfs;

import com.sun.jna.Memory;
import dev.bpg.internal.platform.zfs.Operation.Grant;
import dev.bpg.internal.platform.zfs.Transfer.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Sends and receives snapshots. Safe for use by several threads.
 *
 * <p>A transfer takes as long as it takes, and ends when its thread is interrupted, when the other
 * end is closed or fails, or when the callback throws. Streams of Java are used by a thread of the
 * transfer and are never closed by it; one that does not come back may be in use yet when an
 * interrupted transfer has ended.
 */
public final class Streams {

  private final KernelCalls calls;

  Streams(KernelCalls calls) {
    this.calls = calls;
  }

  /**
   * About how many bytes a stream will have.
   *
   * @throws ZfsException {@code NOT_FOUND}, {@code UNRELATED}
   */
  public long estimate(SendRequest request) throws ZfsException {
    Operation operation = sending(request);
    return calls.call(
        operation,
        () -> {
          try (Memory bytes = Device.out()) {
            int code =
                ZfsCoreCalls.lzc_send_space(
                    request.snapshot().toString(),
                    request.from().orElse(null),
                    request.flags(),
                    bytes);
            if (code != 0) {
              throw StreamErrors.send(operation, code, request);
            }
            return bytes.getLong(0);
          }
        });
  }

  /**
   * Sends a snapshot, or what changed since an earlier one.
   *
   * @throws IOException what {@code to} throws; a {@link ZfsException} {@code NOT_FOUND}, {@code
   *     UNRELATED} if the earlier one is not in its history, {@code CANCELLED} if the thread is
   *     interrupted, and then its status is set
   */
  public void send(SendRequest request, OutputStream to, StreamProgress progress)
      throws IOException {
    Operation operation = sending(request);
    int code =
        Transfer.run(
            operation,
            Direction.FROM_KERNEL,
            fd ->
                ZfsCoreCalls.lzc_send_resume(
                    request.snapshot().toString(),
                    request.from().orElse(null),
                    fd,
                    request.flags(),
                    request.resumeObject(),
                    request.resumeOffset()),
            end -> Pump.out(end, to, progress));
    if (code != 0) {
      throw calls.call(operation, () -> StreamErrors.send(operation, code, request));
    }
  }

  /** Sends to a new file; see {@link #send(SendRequest, OutputStream, StreamProgress)}. */
  public void send(SendRequest request, Path to, StreamProgress progress) throws IOException {
    try (OutputStream file = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      send(request, file, progress);
    }
  }

  private static Operation sending(SendRequest request) {
    return new Operation(
        "send snapshot", request.snapshot().toString(), request.snapshot().dataset(), "send");
  }

  /**
   * Receives a stream, which need not end with the snapshot: what follows may have been read. The
   * properties are there as soon as the dataset is, and are made its own when all is received.
   *
   * @throws IOException what {@code from} throws; a {@link ZfsException} {@code EXISTS}, {@code
   *     NOT_FOUND}, {@code UNRELATED} if the dataset has not the snapshot that changes were sent
   *     since, {@code BUSY} if it was changed since, {@code BAD_STREAM}, {@code NO_SPACE}, {@code
   *     QUOTA}, {@code CANCELLED} if the thread is interrupted, and then its status is set, and
   *     those of every change
   */
  public void receive(ReceiveRequest request, InputStream from, StreamProgress progress)
      throws IOException {
    DatasetName name = request.snapshot().dataset();
    Operation operation =
        new Operation(
            "receive snapshot",
            request.snapshot().toString(),
            name,
            List.of(Grant.above("receive,create,mount", name)));
    int code =
        Transfer.run(
            operation,
            Direction.TO_KERNEL,
            fd -> receive(request, fd),
            end -> Pump.in(from, end, progress));
    if (code != 0) {
      throw calls.call(operation, () -> StreamErrors.receive(operation, code, request));
    }
    if (!request.properties().isEmpty()) {
      // The received ones go with the next stream that has none.
      new Properties(calls).set(name, request.properties());
    }
  }

  private static int receive(ReceiveRequest request, int fd) throws IOException {
    String snapshot = request.snapshot().toString();
    String origin = request.origin().map(SnapshotName::toString).orElse(null);
    int force = request.rollsBack() ? 1 : 0;
    int raw = request.raw() ? 1 : 0;
    try (NvList list = NvList.of(request.properties().values())) {
      return request.resumable()
          ? ZfsCoreCalls.lzc_receive_resumable(snapshot, list.pointer(), origin, force, raw, fd)
          : ZfsCoreCalls.lzc_receive(snapshot, list.pointer(), origin, force, raw, fd);
    }
  }

  /** Receives from a file; see {@link #receive(ReceiveRequest, InputStream, StreamProgress)}. */
  public void receive(ReceiveRequest request, Path from, StreamProgress progress)
      throws IOException {
    try (InputStream file = Files.newInputStream(from)) {
      receive(request, file, progress);
    }
  }

  /**
   * How far a dataset was received, if a resumable stream into it broke off.
   *
   * @throws ZfsException {@code NOT_FOUND}
   */
  public Optional<ResumeToken> brokenOff(DatasetName receiving) throws ZfsException {
    return new Properties(calls)
        .of(receiving)
        .text("receive_resume_token")
        .filter(text -> !text.isEmpty())
        .map(ResumeToken::parse);
  }

  /**
   * What completes a stream that broke off, from the sender's datasets as they are now.
   *
   * @throws ZfsException {@code NOT_FOUND} if the snapshot, or the one that changes were sent
   *     since, has gone
   */
  public SendRequest resuming(ResumeToken token) throws ZfsException {
    return Resumption.request(calls, token);
  }

  /**
   * Throws away what was received of a stream that broke off; a dataset that had been made for it
   * goes too.
   *
   * @throws ZfsException {@code NOT_FOUND} if nothing was; those of every change
   */
  public void abandon(DatasetName receiving) throws ZfsException {
    Resumption.abandon(calls, receiving);
  }
}
