package dev.bpg.internal.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The right to one server. Safe for use by several threads. */
public final class Slot {

  private final Slots slots;
  private final String lease;
  private String name;

  Slot(Slots slots, String lease, String name) {
    this.slots = slots;
    this.lease = lease;
    this.name = name;
  }

  synchronized Path file() {
    return slots.file(lease, name);
  }

  /** Says whose it is, so that another process that takes the branch over finds it. */
  public synchronized void assign(String branch) throws IOException {
    Files.move(file(), slots.file(lease, branch));
    name = branch;
  }

  /** Gives it back; a second call does nothing. */
  public void release() throws IOException {
    if (Files.deleteIfExists(file())) {
      slots.signal();
    }
  }
}
