package dev.bpg.model;

/** How the files of a WAL archive are compressed. One archive may hold files of every kind. */
public enum WalCompression {
  /** As they are: nothing to install, and the most space. */
  NONE(""),

  /** By {@code gzip}, which every machine and image has. The default. */
  GZIP(".gz"),

  /** By {@code zstd}: several times as fast; has to be installed where the server runs. */
  ZSTD(".zst");

  private final String suffix;

  WalCompression(String suffix) {
    this.suffix = suffix;
  }

  /** What the name of a compressed file has at its end, such as {@code .gz}. */
  public String suffix() {
    return suffix;
  }
}
