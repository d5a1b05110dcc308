package dev.bpg.internal.engine;

import dev.bpg.error.BpgException;
import dev.bpg.health.Finding;
import dev.bpg.health.Finding.Area;
import dev.bpg.internal.catalog.BranchRecord;
import dev.bpg.internal.catalog.BranchRecord.State;
import dev.bpg.internal.tls.Certificates;
import dev.bpg.internal.tls.OwnCertificate;
import dev.bpg.internal.tls.ServerCertificate;
import dev.bpg.model.Tls;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Looks at the certificates of servers: those they have, and the user's own. Changes nothing. */
public final class CertificateExamination {

  private final Parts parts;
  private final Certificates certificates;

  /** An examination of these parts. */
  public CertificateExamination(Parts parts) {
    this.parts = parts;
    this.certificates = parts.certificates();
  }

  /** Those that are broken, and those that expire within 30 days. */
  public List<Finding> all() throws IOException {
    List<Finding> findings = new ArrayList<>();
    List<BranchRecord> branches =
        parts.catalog().list().stream().filter(branch -> branch.state() == State.READY).toList();
    TreeSet<String> databases = new TreeSet<>();
    branches.forEach(branch -> databases.add(branch.name().database()));
    for (String database : databases) {
      ofFiles(database).ifPresent(findings::add);
    }
    int good = 0;
    for (BranchRecord branch : branches) {
      Tls.Type type = certificates.choice(branch.name().database()).type();
      if (type != Tls.Type.OFF) {
        Optional<Finding> finding = kept(branch, type);
        finding.ifPresent(findings::add);
        good += finding.isPresent() ? 0 : 1;
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              Area.CERTIFICATES,
              good == 0 ? "there are none" : "those of %d branches are in order".formatted(good)));
    }
    return findings;
  }

  private Optional<Finding> ofFiles(String database) throws IOException {
    Tls tls = certificates.choice(database);
    if (tls.type() != Tls.Type.FILES) {
      return Optional.empty();
    }
    try {
      ServerCertificate own = OwnCertificate.read(tls, parts.clock().instant());
      return ending(
          "database " + database + ", " + tls.certificate().orElseThrow(),
          own,
          "put a newer one in its place, and restart the branches");
    } catch (BpgException e) {
      return Optional.of(
          Finding.problem(
              Area.CERTIFICATES,
              "database " + database + ", " + e.subject() + ": " + e.reason(),
              e.hint()));
    }
  }

  // One that was never started with TLS has none, and needs none.
  private Optional<Finding> kept(BranchRecord branch, Tls.Type type) {
    String hint = "call restart() on the branch, which gives it the database's present one";
    try {
      Optional<ServerCertificate> there = certificates.find(branch.id(), type);
      return there.isPresent()
          ? ending(branch.name().toString(), there.get(), hint)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Finding.problem(Area.CERTIFICATES, branch.name() + ": " + e.getMessage(), hint));
    }
  }

  private Optional<Finding> ending(String subject, ServerCertificate certificate, String hint)
      throws IOException {
    Instant end = certificate.leaf().getNotAfter().toInstant();
    Instant now = parts.clock().instant();
    if (now.isAfter(end)) {
      return Optional.of(
          Finding.problem(
              Area.CERTIFICATES, subject + ": its certificate expired at " + end, hint));
    }
    return now.plus(ServerCertificate.SOON).isAfter(end)
        ? Optional.of(
            Finding.warning(
                Area.CERTIFICATES, subject + ": its certificate expires at " + end, hint))
        : Optional.empty();
  }
}
