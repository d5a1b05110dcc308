package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Goes on with streams that broke off, or throws away what came of them. */
final class Resumption {

  // Where changes to an existing dataset are received; see recv_clone_name of OpenZFS.
  private static final String RECEIVED_PART = "/%recv";

  private Resumption() {}

  static SendRequest request(KernelCalls calls, ResumeToken token) throws ZfsException {
    SnapshotName snapshot = token.snapshot();
    Operation operation =
        new Operation("resume sending snapshot", snapshot.toString(), snapshot.dataset(), "send");
    PropertyList properties = new Properties(calls).of(snapshot);
    if (!properties.number("guid").equals(OptionalLong.of(token.guid()))) {
      throw operation.failed(Kind.NOT_FOUND, 0, "it is another one now");
    }
    Optional<String> from = Optional.empty();
    if (token.fromGuid().isPresent()) {
      from = find(calls, operation, snapshot.dataset(), token.fromGuid().getAsLong());
      if (from.isEmpty()) {
        throw operation.failed(
            Kind.NOT_FOUND, 0, "the snapshot that changes were sent since has gone");
      }
    }
    return new SendRequest(snapshot, from, token.options(), token.object(), token.offset());
  }

  private static Optional<String> find(
      KernelCalls calls, Operation operation, DatasetName dataset, long guid) throws ZfsException {
    Properties properties = new Properties(calls);
    OptionalLong wanted = OptionalLong.of(guid);
    for (PropertyList snapshot : properties.ofSnapshots(dataset)) {
      if (snapshot.number("guid").equals(wanted)) {
        return Optional.of(snapshot.name());
      }
    }
    Optional<SnapshotName> origin = properties.of(dataset).origin();
    if (origin.isPresent() && properties.of(origin.get()).number("guid").equals(wanted)) {
      return origin.map(SnapshotName::toString);
    }
    return calls.call(operation, () -> bookmark(operation, dataset, wanted));
  }

  private static Optional<String> bookmark(
      Operation operation, DatasetName dataset, OptionalLong guid)
      throws ZfsException, NativeException {
    for (Map.Entry<String, Object> bookmark : Bookmarks.read(operation, dataset).entrySet()) {
      if (Bookmarks.guid(bookmark.getValue()).equals(guid)) {
        return Optional.of(dataset.bookmark(bookmark.getKey()).toString());
      }
    }
    return Optional.empty();
  }

  static void abandon(KernelCalls calls, DatasetName receiving) throws ZfsException {
    Operation operation =
        new Operation("abandon receiving", receiving.value(), receiving, "destroy,mount");
    if (new Properties(calls).of(receiving).text("receive_resume_token").isEmpty()) {
      throw operation.failed(Kind.NOT_FOUND, 0, "nothing was received that can be resumed");
    }
    calls.run(
        operation,
        () -> {
          String part = receiving + RECEIVED_PART;
          String received = Existence.isMissing(operation, part) ? receiving.value() : part;
          int code = ZfsCoreCalls.lzc_destroy(received);
          if (code != 0) {
            throw operation.failed(code);
          }
        });
  }
}
