package dev.bpg.internal;

import dev.bpg.config.BpgConfig;
import dev.bpg.config.ServerType;
import dev.bpg.config.StorageType;
import dev.bpg.error.BpgException;
import dev.bpg.health.Description;
import dev.bpg.health.DoctorReport;
import dev.bpg.health.Finding;
import dev.bpg.health.Finding.Area;
import dev.bpg.internal.catalog.Home;
import dev.bpg.internal.engine.CatalogExamination;
import dev.bpg.internal.engine.CertificateExamination;
import dev.bpg.internal.engine.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at everything that bpg rests on. What cannot be looked at is a finding too. */
final class Doctor {

  private final BpgConfig config;
  private final ConfiguredStorages storages;
  private final ConfiguredRuntimes runtimes;
  private final MachineExamination machine;
  private final CatalogExamination catalog;
  private final CertificateExamination certificates;

  Doctor(BpgConfig config, Parts parts, ConfiguredStorages storages, ConfiguredRuntimes runtimes) {
    this.config = config;
    this.storages = storages;
    this.runtimes = runtimes;
    this.machine = new MachineExamination(new Home(config.home()));
    this.catalog = new CatalogExamination(parts);
    this.certificates = new CertificateExamination(parts);
  }

  private interface Examination {
    List<Finding> run() throws IOException;
  }

  /** Looks at all of it. */
  DoctorReport examine() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(examine(Area.SYSTEM, machine::system));
    findings.addAll(examine(Area.HOME, machine::home));
    findings.addAll(examine(Area.RIGHTS, machine::rights));
    findings.addAll(examine(Area.STORAGE, this::storages));
    findings.addAll(examine(Area.BINARIES, this::binaries));
    findings.addAll(examine(Area.DOCKER, this::docker));
    findings.addAll(examine(Area.CATALOG, catalog::records));
    findings.addAll(examine(Area.BRANCHES, catalog::branches));
    findings.addAll(examine(Area.CERTIFICATES, certificates::all));
    findings.addAll(examine(Area.ORPHANS, catalog::orphans));
    return new DoctorReport(findings);
  }

  private static List<Finding> examine(Area area, Examination examination) {
    try {
      return examination.run();
    } catch (BpgException e) {
      return List.of(Finding.problem(area, e.reason(), e.hint()));
    } catch (IOException | RuntimeException e) {
      return List.of(
          Finding.problem(area, "it could not be looked at: " + e, "mend what the system reports"));
    }
  }

  // One that does not work matters only where it was asked for.
  private List<Finding> storages() {
    List<Finding> findings = new ArrayList<>();
    storages
        .examine()
        .forEach(
            (name, lacking) -> {
              if (lacking.isEmpty()) {
                findings.add(Finding.ok(Area.STORAGE, name + " works in " + config.storagePath()));
              } else if (isAsked(name)) {
                findings.add(
                    Finding.problem(
                        Area.STORAGE,
                        name + " does not work: " + lacking.get(),
                        "set storage.path to a folder that can, or storage.type to auto"));
              } else {
                findings.add(
                    Finding.ok(Area.STORAGE, name + " is not usable here: " + lacking.get()));
              }
            });
    return findings;
  }

  private boolean isAsked(String storage) {
    StorageType type = config.storage();
    return type == StorageType.AUTO
        ? storage.equals("copy") || (storage.equals("zfs") && config.zfsDataset().isPresent())
        : type.name().toLowerCase(Locale.ROOT).equals(storage);
  }

  private List<Finding> binaries() {
    try {
      return List.of(Finding.ok(Area.BINARIES, "there is " + runtimes.binaries()));
    } catch (BpgException e) {
      return List.of(
          config.server() == ServerType.DOCKER
              ? Finding.ok(Area.BINARIES, "none, and none are needed: " + e.reason())
              : Finding.problem(Area.BINARIES, e.reason(), e.hint()));
    }
  }

  private List<Finding> docker() {
    try {
      runtimes.requireDocker();
      return List.of(Finding.ok(Area.DOCKER, "its daemon answers"));
    } catch (BpgException e) {
      boolean needed = runtimes.choice().name().filter("process"::equals).isEmpty();
      return List.of(
          needed
              ? Finding.problem(Area.DOCKER, e.reason(), e.hint())
              : Finding.ok(Area.DOCKER, "not here, and not needed: " + e.reason()));
    }
  }

  /** What new databases get, and why. */
  Description describe() {
    return new Description(
        config.home(), storages.choice(), runtimes.choice(), postgres(), config.sources());
  }

  private String postgres() {
    try {
      return runtimes.choice().name().filter("process"::equals).isPresent()
          ? runtimes.binaries().toString()
          : config.docker().image().orElse("an image of the major version asked for");
    } catch (BpgException e) {
      return "none: " + e.reason();
    }
  }
}
