package dev.bpg.examples;

import dev.bpg.Branch;
import dev.bpg.Branches;
import dev.bpg.Database;
import dev.bpg.Databases;
import dev.bpg.model.CloneScript;
import dev.bpg.model.RestoreOptions;
import dev.bpg.model.SourceServer;
import java.nio.file.Path;

/** Databases from what users have. */
public final class Imports {

  private Imports() {}

  /** Makes a database of a dump that speaks of a role {@code clerk}. */
  public static void dump(String dump) {
    // tag::dump
    Databases.named("shop")
        .initialSql("CREATE ROLE clerk") // roles are in no dump of one database
        .fromDump(Path.of(dump))
        .create();
    // end::dump
  }

  /** Brings it up to date with a newer dump. */
  public static void refresh(String dump) {
    // tag::refresh
    Databases.get("shop")
        .refresh(next -> next.initialSql("CREATE ROLE clerk").fromDump(Path.of(dump)));
    // end::refresh
  }

  /** Makes a database of a dump in the custom format. */
  public static void archive(String archive) {
    // tag::dump-options
    RestoreOptions options = RestoreOptions.defaults().into("orders").withJobs(8).withoutOwners();
    Databases.named("orders").fromDump(Path.of(archive), options).create();
    // end::dump-options
  }

  /** Makes a database of one of a running server. */
  public static void server(String password) {
    // tag::server
    SourceServer production =
        SourceServer.of("postgresql://reader@db.example.org/shop?sslmode=require")
            .withPassword(password);
    Databases.named("shop")
        .fromServer(production, RestoreOptions.defaults().withoutOwners())
        .create();
    // end::server
  }

  /** Makes a database of all that a running server has. */
  public static void backup(String password) {
    // tag::backup
    SourceServer cluster =
        SourceServer.of("postgresql://copier@db.example.org/postgres").withPassword(password);
    Databases.named("whole").fromBackupOf(cluster).create();
    // end::backup
  }

  /** Makes databases of the data folder of a cluster that was shut down. */
  public static void folder(String folder) {
    // tag::folder
    Database shop = Databases.named("shop").fromDataFolder(Path.of(folder)).create();
    // end::folder
    System.out.println(shop);
    // tag::progress
    Databases.named("big")
        .fromDataFolder(Path.of(folder))
        .onProgress(progress -> System.out.println(progress)) // COPY 1048576 of 33554432
        .create();
    // end::progress
    // tag::masking
    Databases.named("clinic")
        .fromDataFolder(Path.of(folder))
        .afterClone(CloneScript.of("UPDATE patients SET email = id || '@example.org'"))
        .create();
    Branch dev = Branches.from("clinic/main").named("dev").create(); // masked
    // end::masking
    System.out.println(dev + " has no address of anybody");
  }
}
