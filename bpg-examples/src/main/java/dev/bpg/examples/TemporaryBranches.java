package dev.bpg.examples;

import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.TemporaryBranch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Branches that go with the block, or at the latest with the process, that made them. */
public final class TemporaryBranches {

  private TemporaryBranches() {}

  /** Makes the database {@code shop} and lets a branch of it come and go. */
  public static void main(String[] args) throws SQLException {
    Databases.create("shop");
    // tag::temporary
    try (TemporaryBranch scratch = Branches.from("shop/main").fast().createTemporary();
        Connection connection = scratch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE experiment (id int)");
    }
    // end::temporary
    // tag::keep
    try (TemporaryBranch candidate =
        Branches.from("shop/main").named("good-idea").createTemporary()) {
      candidate.keep(); // Found worth keeping: from here on it is like any other branch.
    }
    // end::keep
  }
}
