package dev.bpg;

/** How an existing data folder is taken over. */
public enum DataFolderOption {
  /**
   * Leave the folder's {@code postgresql.conf} and all that {@code ALTER SYSTEM} set behind; the
   * new database gets the settings of a new one. Default: they come along, but for what would act
   * in the original's name.
   */
  WITHOUT_CONFIGURATION
}
