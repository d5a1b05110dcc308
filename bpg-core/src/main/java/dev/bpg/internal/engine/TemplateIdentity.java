package dev.bpg.internal.engine;

import dev.bpg.error.RefusedException;
import dev.bpg.internal.plan.RequestHash;
import dev.bpg.model.BranchName;
import dev.bpg.model.CloneScript;
import dev.bpg.server.ServerRuntime;

/**
 * What tells one template from another.
 *
 * @param main the name of its main branch
 * @param fingerprint the hash of all that goes into it
 */
record TemplateIdentity(BranchName main, String fingerprint) {

  // To be raised when templates are made in another way, so that none of the old way is used.
  private static final int FORMAT = 1;

  private static final int DIGITS_IN_NAME = 12;
  private static final int LONGEST_NAME = 63 - 1 - DIGITS_IN_NAME;

  /** The identity of what is asked for, on the storage and runtime that it would be made on. */
  static TemplateIdentity of(TemplateRequest request, Parts parts) {
    DatabaseRequest database = request.database();
    String base = database.name().database();
    if (base.length() > LONGEST_NAME) {
      throw new RefusedException(
          "make template",
          base,
          "its name is longer than " + LONGEST_NAME + " characters, and a hash is added to it",
          "choose a shorter name");
    }
    ServerRuntime runtime = parts.runtimes().preferred();
    RequestHash hash = new RequestHash();
    hash.add("format", FORMAT);
    hash.add("storage", parts.storages().preferred().name());
    hash.add("runtime", runtime.name());
    if (database.firstData().isEmpty()) {
      hash.add("build", runtime.choose(database.version(), database.image()));
    } else {
      hash.add("version", database.version());
      hash.add("image", database.image());
    }
    database.settings().values().forEach((name, value) -> hash.add("setting " + name, value));
    hash.add("properties", database.properties());
    hash.add("limits", database.limits());
    for (CloneScript script : database.afterClone()) {
      hash.add("after clone in " + script.database(), script.sql());
    }
    hash.add("content", request.fingerprint());
    String fingerprint = hash.text();
    return new TemplateIdentity(
        BranchName.main(base + "-" + fingerprint.substring(0, DIGITS_IN_NAME)), fingerprint);
  }

  /** The name of its database. */
  String database() {
    return main.database();
  }
}
