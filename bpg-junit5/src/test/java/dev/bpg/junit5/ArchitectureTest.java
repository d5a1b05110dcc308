package dev.bpg.junit5;

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
          .importPackages("dev.bpg.junit5", "dev.bpg.assertj");

  @Test
  void usesTheApiOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.bpg.internal..", "dev.bpg.storage..", "dev.bpg.server..")
        .check(classes);
  }

  @Test
  void runsWithoutAssertJAndAssertsWithoutJUnit() {
    noClasses()
        .that()
        .resideInAPackage("dev.bpg.junit5")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.assertj..", "dev.bpg.assertj")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("dev.bpg.assertj")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit..", "dev.bpg.junit5")
        .check(classes);
  }

  @Test
  void needsNoLibraryButJUnitAndJdbc() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.sun.jna..", "com.fasterxml..", "com.github.dockerjava..", "org.postgresql..")
        .check(classes);
  }
}
