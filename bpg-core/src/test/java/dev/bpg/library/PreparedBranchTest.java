package dev.bpg.library;

import static dev.bpg.testing.Sql.execute;
import static dev.bpg.testing.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.PreparedBranch;
import dev.bpg.TemporaryBranch;
import dev.bpg.error.AlreadyExistsException;
import dev.bpg.error.RefusedException;
import dev.bpg.error.StartFailedException;
import dev.bpg.health.Orphan;
import dev.bpg.model.CloneScript;
import dev.bpg.model.ContainerSpec;
import dev.bpg.testing.DockerCli;
import dev.bpg.testing.Library;
import dev.bpg.testing.RealDocker;
import dev.bpg.testing.TestStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Branches whose containers are made by Docker's own command. */
class PreparedBranchTest extends LibraryContract {

  private final Optional<String> image = Optional.of(RealDocker.image(17));

  @Override
  protected TestStorage storage() {
    return TestStorage.BTRFS;
  }

  @AfterEach
  void noContainerIsLeft() throws Exception {
    if (library != null) {
      library.deleteWhatTestsLeft();
      assertThat(DockerCli.all(library.home())).isEmpty();
      // A lock that somebody waited for in another test may stay.
      assertThat(bpg.orphans()).allMatch(orphan -> orphan.kind() == Orphan.Kind.LOCK);
    }
  }

  private static void run(ContainerSpec container, String... changes) throws Exception {
    List<String> command = new ArrayList<>(List.of("run", "--detach", "--name", container.name()));
    command.addAll(List.of("--user", container.user(), "--userns", container.userNamespace()));
    command.addAll(List.of("--publish", "127.0.0.1::" + container.port()));
    container
        .labels()
        .forEach((name, value) -> command.addAll(List.of("--label", name + "=" + value)));
    for (ContainerSpec.Mount mount : container.mounts()) {
      command.add("--mount");
      command.add(
          "type=bind,source="
              + mount.source()
              + ",target="
              + mount.target()
              + (mount.readOnly() ? ",readonly" : ""));
    }
    command.addAll(List.of("--entrypoint", container.command().get(0), container.image()));
    command.addAll(container.command().subList(1, container.command().size()));
    command.addAll(List.of(changes));
    DockerCli.run(command.toArray(String[]::new));
  }

  @Test
  void isABranchLikeAnyOtherOnceItsContainerRuns() throws Exception {
    String before = query(library.shop(), "SELECT count(*) FROM orders");
    TemporaryBranch branch;
    try (PreparedBranch<TemporaryBranch> prepared =
        bpg.from(Library.SHOP).fast().prepareTemporary(image)) {
      assertThat(bpg.listBranches("shop")).extracting(Branch::name).containsExactly(Library.SHOP);
      run(prepared.container());
      branch = prepared.complete();
      assertThat(branch.container()).isEqualTo(prepared.container());
    }
    assertThat(query(branch, "SELECT count(*) FROM orders")).isEqualTo(before);
    execute(branch, "DROP TABLE orders CASCADE");
    assertThat(query(library.shop(), "SELECT count(*) FROM orders")).isEqualTo(before);
    assertThat(branch.restart().isRunning()).isTrue();
  }

  @Test
  void outlivesItsProcessIfItIsNotTemporary() throws Exception {
    try (PreparedBranch<Branch> prepared =
        bpg.from(Library.SHOP).fast().named("kept").prepare(image)) {
      run(prepared.container());
      prepared.complete();
    }
    try (Bpg other = Bpg.open(library.config().build())) {
      assertThat(other.getBranch("shop/kept").isRunning()).isTrue();
      assertThatThrownBy(() -> other.from(Library.SHOP).named("kept").prepare(image))
          .isInstanceOf(AlreadyExistsException.class)
          .hasMessage(
              "cannot create branch shop/kept: the name is taken\n"
                  + "HINT: choose another name, or use what exists with"
                  + " Branches.get(\"shop/kept\")");
    }
  }

  @Test
  void isGoneWithItsContainerIfItIsNotCompleted() throws Exception {
    try (PreparedBranch<Branch> prepared =
        bpg.from(Library.SHOP).fast().named("begun").prepare(image)) {
      run(prepared.container());
    }
    assertThat(DockerCli.all(library.home())).isEmpty();
    assertThat(bpg.listBranches("shop")).extracting(Branch::name).containsExactly(Library.SHOP);
  }

  @Test
  void isNotCompletedWithoutAContainer() {
    try (PreparedBranch<Branch> prepared =
        bpg.from(Library.SHOP).fast().named("begun").prepare(image)) {
      assertThatThrownBy(prepared::complete)
          .isInstanceOf(StartFailedException.class)
          .hasMessageStartingWith(
              "cannot start the server of shop/begun: its container does not run: ")
          .hasMessageEndingWith(
              "HINT: make the container by its specification, its name included, and start it");
    }
  }

  @Test
  void isNotCompletedByAServerThatEnded() throws Exception {
    try (PreparedBranch<Branch> prepared =
        bpg.from(Library.SHOP).fast().named("begun").prepare(image)) {
      run(prepared.container(), "-c", "work_mem=lots");
      DockerCli.run("wait", prepared.container().name());
      assertThatThrownBy(prepared::complete)
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("invalid value for parameter \"work_mem\": \"lots\"");
    }
  }

  @Test
  void isNotCompletedIfItsMaskFails() throws Exception {
    Branch parent = bpg.from(Library.SHOP).named("private").fast().create();
    parent.runAfterClone(CloneScript.of("SELECT 1/0"));
    try (PreparedBranch<TemporaryBranch> prepared =
        parent.branch().fast().prepareTemporary(image)) {
      run(prepared.container());
      assertThatThrownBy(prepared::complete)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("division by zero");
    }
    assertThat(DockerCli.all(library.home())).isEmpty();
  }

  @Test
  void isNotOfAPointInTime() {
    assertThatThrownBy(() -> bpg.from(Library.SHOP).at(Instant.now()).prepare(image))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot branch shop/main: a recovery to a point in time runs in servers of bpg's own\n"
                + "HINT: create a branch of that time, and prepare one of that");
  }

  @Test
  void aProcessHasNoContainer() {
    assertThatThrownBy(() -> library.shop().container())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot describe the container of shop/main: it runs by process, not in a container\n"
                + "HINT: call start() on it");
  }
}
