package dev.bpg.health;

import dev.bpg.health.Finding.Area;
import dev.bpg.health.Finding.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that was looked at, by area.
 *
 * @param findings what was found
 */
public record DoctorReport(List<Finding> findings) {

  /** Copies the list. */
  public DoctorReport {
    findings = List.copyOf(findings);
  }

  /** The worst severity of all findings. */
  public Severity worst() {
    return findings.stream()
        .map(Finding::severity)
        .max(Comparator.naturalOrder())
        .orElse(Severity.OK);
  }

  /** The findings of one area. */
  public List<Finding> of(Area area) {
    return findings.stream().filter(finding -> finding.area() == area).toList();
  }

  /** The findings that somebody should do something about. */
  public List<Finding> notOk() {
    return findings.stream().filter(finding -> finding.severity() != Severity.OK).toList();
  }

  /** The findings, one a line, each hint below its own. */
  @Override
  public String toString() {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
