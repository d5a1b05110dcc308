package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import java.sql.Connection;
import java.sql.SQLException;

/** A database, a branch of it, and a connection to the branch. */
public final class FirstBranch {

  private FirstBranch() {}

  /** Makes the database {@code api} and the branch {@code api/dev}, and leaves both running. */
  public static void main(String[] args) throws SQLException {
    // tag::first-branch
    Databases.create("api");
    Branch dev = Branches.from("api/main").named("dev").fast().create();
    try (Connection connection = dev.dataSource().getConnection()) {
      connection.createStatement().execute("CREATE TABLE only_in_dev (id int)");
    }
    // end::first-branch
  }
}
