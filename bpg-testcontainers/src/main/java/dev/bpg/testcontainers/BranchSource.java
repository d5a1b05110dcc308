package dev.bpg.testcontainers;

import dev.bpg.Bpg;
import dev.bpg.BranchBuilder;
import dev.bpg.model.BranchName;
import dev.bpg.model.PostgresBuild;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container's data is a branch of.
 *
 * @param opened the bpg to ask; empty for the shared one
 * @param name the parent's name
 * @param snapshot the snapshot of it, by its id or label; empty for its present data
 */
record BranchSource(Optional<Bpg> opened, BranchName name, Optional<String> snapshot) {

  private static final Pattern DOCKER = Pattern.compile("docker:(?<name>.+)@sha256:.*");

  Bpg bpg() {
    return opened.orElseGet(Bpg::shared);
  }

  /** The image that made the data, by the name it was asked for; empty if none made it. */
  Optional<String> ownImage() {
    Matcher origin = DOCKER.matcher(build().origin());
    return origin.matches() ? Optional.of(origin.group("name")) : Optional.empty();
  }

  /** The image to take where none is named. */
  String defaultImage() {
    return ownImage().orElseGet(() -> "postgres:" + build().major());
  }

  private PostgresBuild build() {
    return bpg().getBranch(name.toString()).build();
  }

  BranchBuilder builder(Map<String, String> settings) {
    BranchBuilder builder = bpg().from(name.toString()).fast().settings(settings);
    return snapshot.map(builder::snapshot).orElse(builder);
  }

  BranchSource with(Bpg bpg) {
    return new BranchSource(Optional.of(bpg), name, snapshot);
  }

  BranchSource with(String snapshotOfIt) {
    return new BranchSource(opened, name, Optional.of(snapshotOfIt));
  }
}
