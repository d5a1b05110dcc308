package dev.bpg.testcontainers;

import dev.bpg.model.BranchName;
import java.util.Optional;
import org.testcontainers.utility.LazyFuture;

/**
 * The name of a container's image, which may have to be asked of the parent once the container
 * starts, and what the container's data is a branch of.
 */
final class ImageName extends LazyFuture<String> {

  private final Optional<String> named;
  private volatile BranchSource source;

  /**
   * A name.
   *
   * @param source the parent's name
   * @param named the image, if one is named
   */
  ImageName(String source, Optional<String> named) {
    this.source = new BranchSource(Optional.empty(), BranchName.parse(source), Optional.empty());
    this.named = named;
  }

  boolean isNamed() {
    return named.isPresent();
  }

  BranchSource source() {
    return source;
  }

  /** Takes another source, before the container is started. */
  void take(BranchSource other) {
    source = other;
  }

  @Override
  protected String resolve() {
    return named.orElseGet(source::defaultImage);
  }
}
