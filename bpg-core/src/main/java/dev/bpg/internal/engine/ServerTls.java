package dev.bpg.internal.engine;

import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.postgres.StartedOptions;
import dev.bpg.internal.tls.Certificates;
import dev.bpg.internal.tls.GeneratedCertificate;
import dev.bpg.internal.tls.OwnCertificate;
import dev.bpg.internal.tls.ServerCertificate;
import dev.bpg.model.BranchId;
import dev.bpg.model.BranchName;
import dev.bpg.model.Tls;
import dev.bpg.server.ServerState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives servers the certificate that their database's configuration says. A generated one is the
 * same for all branches of a database: each start takes it over from the main branch, or from what
 * the branch was before, and makes one only if there is none that lasts.
 */
final class ServerTls {

  private static final String CERTIFICATE = "ssl_cert_file";

  private final Parts parts;
  private final Certificates certificates;

  ServerTls(Parts parts) {
    this.parts = parts;
    this.certificates = parts.certificates();
  }

  /**
   * Makes ready for a start, and adds its settings. A server that runs keeps what it was started
   * with, and its clients have to keep what they trust.
   *
   * @return the folder that the server has to reach; empty if there is no TLS
   */
  Optional<Path> prepare(BranchRecord record, Path data, Map<String, String> settings)
      throws IOException {
    Tls tls = certificates.choice(record.name().database());
    boolean kept = Files.exists(certificates.folder(record.id()));
    boolean runs = kept && isRunning(record, data);
    if (tls.type() == Tls.Type.OFF) {
      if (kept && !runs) {
        certificates.delete(List.of(record.id()));
      }
      return Optional.empty();
    }
    Path file = certificates.server(record.id(), tls.type());
    if (runs && !Files.exists(file)) {
      return Optional.empty();
    }
    if (!runs) {
      ServerCertificate certificate =
          tls.type() == Tls.Type.FILES ? own(record, data, tls) : generated(record, data);
      certificates.publish(record.id(), tls.type(), certificate, data);
    }
    settings.put("ssl", "on");
    settings.put(CERTIFICATE, file.toString());
    settings.put("ssl_key_file", file.toString());
    return Optional.of(certificates.folder(record.id()));
  }

  private boolean isRunning(BranchRecord record, Path data) {
    return parts.runtime(record).state(record.id(), data).kind() == Kind.RUNNING;
  }

  private ServerCertificate own(BranchRecord record, Path data, Tls tls) throws IOException {
    ServerCertificate certificate = OwnCertificate.read(tls, parts.clock().instant());
    certificates.put(record.id(), Tls.Type.FILES, certificate, data);
    return certificate;
  }

  private ServerCertificate generated(BranchRecord record, Path data) throws IOException {
    BranchName mainName = BranchName.main(record.name().database());
    Optional<BranchRecord> main = parts.catalog().find(mainName);
    List<BranchId> ids = new ArrayList<>(List.of(record.id()));
    ids.addAll(record.ids());
    main.ifPresent(branch -> ids.addAll(branch.ids()));
    Optional<ServerCertificate> lasting = lasting(ids);
    BranchId keeper = main.orElse(record).id();
    ServerCertificate certificate =
        lasting.isPresent() ? lasting.get() : make(keeper, mainName.database(), data);
    Optional<ServerCertificate> there = certificates.find(record.id(), Tls.Type.GENERATED);
    if (!there.equals(Optional.of(certificate))) {
      certificates.put(record.id(), Tls.Type.GENERATED, certificate, data);
    }
    return certificate;
  }

  private Optional<ServerCertificate> lasting(List<BranchId> ids) throws IOException {
    Instant now = parts.clock().instant();
    for (BranchId id : ids) {
      Optional<ServerCertificate> there = certificates.find(id, Tls.Type.GENERATED);
      if (there.filter(certificate -> certificate.isFresh(now)).isPresent()) {
        return there;
      }
    }
    return Optional.empty();
  }

  // Of two branches that come first at the same time, both take what one of them makes.
  private ServerCertificate make(BranchId keeper, String database, Path data) throws IOException {
    ServerCertificate made = GeneratedCertificate.make(database, parts.clock().instant());
    if (certificates.create(keeper, made, data)) {
      return made;
    }
    Optional<ServerCertificate> others = lasting(List.of(keeper));
    if (others.isPresent()) {
      return others.get();
    }
    certificates.put(keeper, Tls.Type.GENERATED, made, data);
    return made;
  }

  /** The authority's certificate of a server that runs with TLS of bpg's making or choosing. */
  Optional<Path> authority(BranchRecord record) throws IOException {
    Path authority = certificates.authority(record.id());
    if (!Files.exists(authority)) {
      return Optional.empty();
    }
    Optional<Path> data = parts.storage(record).dataFolder(record.id());
    if (data.isEmpty()) {
      return Optional.empty();
    }
    StartedOptions started = StartedOptions.of(data.get());
    boolean offered =
        started.have(CERTIFICATE, certificates.server(record.id(), Tls.Type.FILES).toString())
            || started.have(
                CERTIFICATE, certificates.server(record.id(), Tls.Type.GENERATED).toString());
    return offered ? Optional.of(authority) : Optional.empty();
  }
}
