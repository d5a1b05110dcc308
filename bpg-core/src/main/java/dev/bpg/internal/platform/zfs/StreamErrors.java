package dev.bpg.internal.platform.zfs;

import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;

/**
 * What the error numbers of sending and receiving mean, by {@code dmu_send.c} and {@code
 * dmu_recv.c}; to be called where the kernel may be called.
 */
final class StreamErrors {

  private StreamErrors() {}

  static ZfsException send(Operation operation, int code, SendRequest request) throws ZfsException {
    switch (code) {
      case Errno.ENOENT:
      case Errno.ESRCH:
        return operation.failed(
            Kind.NOT_FOUND,
            code,
            Existence.isMissing(operation, request.snapshot().toString())
                ? "there is no such snapshot"
                : "there is no " + request.from().orElse("object to go on with"));
      case Errno.EXDEV:
        return operation.failed(
            Kind.UNRELATED,
            code,
            "it does not descend from " + request.from().orElse("what it is sent since"));
      case Errno.EPIPE:
      case Errno.EINTR:
      case Errno.ECANCELED:
        return operation.failed(Kind.CANCELLED, code, "the stream was closed before its end");
      default:
        return operation.failed(code);
    }
  }

  static ZfsException receive(Operation operation, int code, ReceiveRequest request)
      throws ZfsException {
    DatasetName name = request.snapshot().dataset();
    switch (code) {
      case Errno.EEXIST:
        return operation.failed(
            Kind.EXISTS,
            code,
            Existence.isMissing(operation, request.snapshot().toString())
                ? "there is a dataset " + name + ", and the stream is a full one"
                : "there is such a snapshot");
      case Errno.ENOENT:
        return operation.failed(
            Kind.NOT_FOUND,
            code,
            Existence.isMissing(operation, name.parent().map(DatasetName::value).orElse(""))
                ? "there is no dataset to have " + name
                : "there is no dataset " + name + " or no origin, and the stream has changes only");
      case Errno.ENODEV:
        return operation.failed(
            Kind.UNRELATED,
            code,
            "the dataset has not the snapshot that the stream's changes are since");
      case Errno.ETXTBSY:
        return operation.failed(
            Kind.BUSY, code, "the dataset was changed since the snapshot that it has");
      case Errno.EBUSY:
        return operation.failed(
            Kind.BUSY, code, "the dataset is in use, or being received into already");
      case ZfsCodes.ZFS_ERR_RESUME_EXISTS:
        return operation.failed(
            Kind.BUSY, code, "what came of an earlier stream is there and can be resumed");
      case Errno.EIO:
      case Errno.EINVAL:
      case Errno.EBADE:
      case ZfsCodes.ZFS_ERR_STREAM_TRUNCATED:
        return operation.failed(
            Kind.BAD_STREAM,
            code,
            "the stream is damaged, ends early or does not fit: " + ZfsCodes.text(code));
      case Errno.EOPNOTSUPP:
      case ZfsCodes.ZFS_ERR_UNKNOWN_SEND_STREAM_FEATURE:
        return operation.failed(
            Kind.UNSUPPORTED, code, "the pool or the installed ZFS lacks what the stream needs");
      case Errno.EINTR:
      case Errno.ECANCELED:
        return operation.failed(Kind.CANCELLED, code, "the stream was closed before its end");
      default:
        return operation.failed(code);
    }
  }
}
