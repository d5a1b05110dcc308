package dev.bpg.storage;

/**
 * A storage whose {@link #cloneVolume} freezes the whole source at one instant, so that it may be
 * called while a server writes to the source: what was fsynced before the call is in the clone.
 */
public interface AtomicStorage extends Storage {}
