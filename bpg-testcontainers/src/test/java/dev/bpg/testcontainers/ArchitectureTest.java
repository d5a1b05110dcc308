package dev.bpg.testcontainers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What is built on bpg uses what anybody else can use. */
class ArchitectureTest {

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.bpg.testcontainers");

  @Test
  void usesTheApiOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.bpg.internal..", "dev.bpg.storage..", "dev.bpg.server..")
        .check(classes);
  }

  @Test
  void usesWhatBothVersionsOfTestcontainersHave() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.sun.jna..",
            "com.fasterxml..",
            "com.github.dockerjava.core..",
            "org.testcontainers.shaded..",
            "org.testcontainers.postgresql..")
        .check(classes);
  }
}
