package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Databases;
import dev.bpg.model.CloneScript;

/** Branches of production data that nobody's address is in. */
public final class Masking {

  private static final String PATIENTS =
      "CREATE TABLE patients (id int PRIMARY KEY, email text);"
          + " INSERT INTO patients VALUES (1, 'ada@private.net'), (2, 'ben@private.net')";

  private Masking() {}

  /** Makes the database {@code clinic} and a masked branch of it. */
  public static void main(String[] args) {
    // tag::masking
    CloneScript mask =
        CloneScript.of("UPDATE patients SET email = 'patient' || id || '@example.org'");
    Databases.named("clinic").initialSql(PATIENTS).afterClone(mask).create();
    Branch dev = Branches.from("clinic/main").named("dev").create(); // masked
    // end::masking
    // tag::change
    Branches.get("clinic/main").runAfterClone(mask, CloneScript.of("ANALYZE"));
    // end::change
    System.out.println(dev + " has no address of anybody");
  }
}
