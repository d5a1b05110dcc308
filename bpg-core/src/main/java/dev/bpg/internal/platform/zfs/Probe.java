package dev.bpg.internal.platform.zfs;

import dev.bpg.error.NativeException;
import dev.bpg.internal.platform.Errno;
import dev.bpg.internal.platform.zfs.ZfsException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Finds out whether ZFS can be used, before anything is called that would end the process. */
final class Probe {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path VERSION = Path.of("/sys/module/zfs/version");

  // A pool cannot be called so, for it is a kind of device.
  private static final String NOTHING = "mirror/no such dataset";

  private static final Operation PROBING = new Operation("probe", "ZFS", new DatasetName("mirror"));

  private Probe() {}

  static ZfsVersion run(KernelCalls calls) throws ZfsUnavailableException {
    loadLibraries();
    requireDevice();
    int code = ZfsCoreCalls.libzfs_core_init();
    if (code != 0) {
      throw new ZfsUnavailableException(
          "libzfs_core cannot begin: " + ZfsCodes.text(code),
          "check that this user may open " + Device.PATH,
          ZfsCodes.failed("libzfs_core_init()", code));
    }
    ZfsVersion version = version();
    try {
      calls.withTimeout(PATIENCE).run(PROBING, Probe::compareStructure);
    } catch (ZfsException e) {
      // Pools that hang say nothing about the structure.
      if (e.kind() != Kind.OUTCOME_UNKNOWN) {
        throw new ZfsUnavailableException(
            "the module's version " + version + " answers otherwise than expected: " + e.reason(),
            "use OpenZFS 2.1 to 2.4",
            e);
      }
    }
    return version;
  }

  // Functions that are missing show when the classes that declare them are initialised.
  private static void loadLibraries() throws ZfsUnavailableException {
    try {
      for (String library : new String[] {NvpairCalls.LIBRARY, ZfsCoreCalls.LIBRARY}) {
        NativeLibraries.load(library);
      }
      NvpairCalls.nvlist_free(null);
      Class.forName(ZfsCoreCalls.class.getName());
    } catch (LinkageError | ClassNotFoundException e) {
      throw new ZfsUnavailableException(
          "its library cannot be loaded: " + firstLine(e),
          "install OpenZFS 2.1 or later: on Debian and Ubuntu the package zfsutils-linux",
          e);
    }
  }

  private static String firstLine(Throwable e) {
    Throwable bottom = e;
    while (bottom.getCause() != null) {
      bottom = bottom.getCause();
    }
    return String.valueOf(bottom.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(":$", "");
  }

  private static void requireDevice() throws ZfsUnavailableException {
    if (!Files.exists(Path.of(Device.PATH))) {
      throw new ZfsUnavailableException(
          Device.PATH
              + " does not exist: the kernel module is not loaded, or this container is not given it",
          "load it as root: modprobe zfs",
          null);
    }
  }

  private static ZfsVersion version() throws ZfsUnavailableException {
    try {
      return ZfsVersion.of(Files.readString(VERSION).strip());
    } catch (IOException e) {
      throw new ZfsUnavailableException(
          "the kernel module's version is unknown, for " + VERSION + " cannot be read",
          "check that the module zfs of OpenZFS is loaded",
          e);
    }
  }

  private static void compareStructure() throws ZfsException, NativeException {
    try (Device device = Device.open(PROBING)) {
      require(device.find(NOTHING) == Errno.ENOENT, "it knows a dataset that cannot exist");
      try (ZfsCommand command = new ZfsCommand().answered()) {
        int code = device.call(ZfsCommand.ZFS_IOC_POOL_CONFIGS, command);
        require(code == 0, "its pools cannot be listed: " + ZfsCodes.text(code));
        require(command.cookie() != 0, "its list of pools has no generation");
        try (NvList pools = command.answer()) {
          for (String pool : pools.names()) {
            comparePool(device, pool);
          }
        }
      }
    }
  }

  private static void comparePool(Device device, String pool) throws ZfsException, NativeException {
    try (ZfsCommand command = new ZfsCommand().name(pool).answered()) {
      if (device.call(ZfsCommand.ZFS_IOC_OBJSET_STATS, command) != 0) {
        // A pool in trouble; it is told of when it is used.
        return;
      }
      try (NvList answer = command.answer()) {
        Object guid = answer.read().get("guid");
        require(
            guid instanceof Map<?, ?> pair
                && Long.valueOf(command.guid()).equals(pair.get("value")),
            "a dataset's numbers are not where they should be");
      }
    }
  }

  private static void require(boolean expected, String otherwise) throws ZfsException {
    if (!expected) {
      throw PROBING.failed(Kind.UNSUPPORTED, 0, otherwise);
    }
  }
}
