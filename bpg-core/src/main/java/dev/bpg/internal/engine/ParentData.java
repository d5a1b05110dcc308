package dev.bpg.internal.engine;

import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.storage.Storage;
import java.nio.file.Path;

/**
 * The data that a branch is made from.
 *
 * @param name the parent's name, for messages
 * @param id the parent's id
 * @param storage the storage of both
 * @param folder the parent's data folder
 */
record ParentData(BranchName name, BranchId id, Storage storage, Path folder) {}
