package dev.bpg.examples;

import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.Databases;
import dev.bpg.config.BpgConfig;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.Tls;
import dev.bpg.secret.PasswordProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Passwords, and where they come from. */
public final class Credentials {

  private Credentials() {}

  /**
   * Makes the database {@code payroll}, whose password is rotated; and another one, whose password
   * comes from elsewhere, and one with TLS, both in a home of their own.
   *
   * @param args the folder of that home
   */
  public static void main(String[] args) {
    // tag::rotation
    Branch main = Databases.create("payroll").main();
    main.rotatePassword();
    // end::rotation
    Path home = Path.of(args[0]);
    // tag::provider
    BpgConfig config = BpgConfig.builder().home(home).passwordProvider(new Vault()).build();
    try (Bpg bpg = Bpg.open(config)) {
      bpg.createDatabase("ledger").main().rotatePassword();
    }
    // end::provider
    // tag::tls
    BpgConfig secure = BpgConfig.builder().home(home).tls(Tls.generated()).build();
    try (Bpg bpg = Bpg.open(secure)) {
      Branch vault = bpg.createDatabase("vault").main();
      System.out.println(vault.getJdbcUrl()); // …?sslmode=verify-full&sslrootcert=…
      System.out.println("PGSSLROOTCERT=" + vault.certificateAuthority().orElseThrow());
    }
    // end::tls
  }

  // tag::vault
  /** Stands for a real vault, which processes share. */
  static final class Vault implements PasswordProvider {
    private final Map<BranchId, String> entries = new ConcurrentHashMap<>();

    @Override
    public String password(BranchName branch, BranchId id) {
      return entries.computeIfAbsent(id, key -> UUID.randomUUID().toString());
    }

    @Override
    public void rotate(BranchName branch, BranchId id) {
      entries.put(id, UUID.randomUUID().toString());
    }
  }
  // end::vault
}
