package dev.bpg.internal.platform;

/** What a change of a file has to survive once the call that makes it returns. */
public enum Durability {
  /** A crash of the machine: the call waits for the disk. */
  MACHINE,
  /** The death of the process: the kernel has it, and writes it when it likes. */
  PROCESS
}
