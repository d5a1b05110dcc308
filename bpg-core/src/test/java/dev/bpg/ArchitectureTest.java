package dev.bpg;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * The arrows: public API, then engine, then storage and server interfaces, then model and errors.
 */
@AnalyzeClasses(packages = "dev.bpg", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String MODEL = "dev.bpg.model..";
  private static final String ERROR = "dev.bpg.error..";
  private static final String CONFIG = "dev.bpg.config..";
  private static final String STORAGE = "dev.bpg.storage..";
  private static final String SERVER = "dev.bpg.server..";
  private static final String PLATFORM = "dev.bpg.internal.platform..";
  private static final String WAL = "dev.bpg.internal.wal..";
  private static final String ARCHIVE = "dev.bpg.internal.archive..";
  private static final String TLS = "dev.bpg.internal.tls..";
  private static final String STORAGES = "dev.bpg.internal.storage..";
  private static final String SERVERS = "dev.bpg.internal.server..";
  private static final String DIFF = "dev.bpg.diff..";
  private static final String HEALTH = "dev.bpg.health";
  private static final String EVENT = "dev.bpg.event";
  private static final String SECRET = "dev.bpg.secret";
  private static final String[] PUBLIC = {
    "dev.bpg", CONFIG, MODEL, ERROR, STORAGE, SERVER, DIFF, HEALTH, EVENT, SECRET
  };

  private static final String JNA = "com.sun.jna..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String DOCKER_JAVA = "com.github.dockerjava..";

  private static final DescribedPredicate<JavaClass> SQL =
      resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

  /** What a user of the API gets and so may see of JDBC. */
  private static final DescribedPredicate<JavaClass> SQL_OF_USERS =
      DescribedPredicate.describe(
          "DataSource, Connection or SQLException",
          type ->
              type.getName().equals("javax.sql.DataSource")
                  || type.getName().equals("java.sql.Connection")
                  || type.getName().equals("java.sql.SQLException"));

  @ArchTest static final ArchRule errorsImportNothing = imports(ERROR);

  @ArchTest static final ArchRule theModelImportsErrors = imports(MODEL, ERROR);

  @ArchTest
  static final ArchRule theStorageInterfaceImportsModelAndErrors = imports(STORAGE, MODEL, ERROR);

  @ArchTest
  static final ArchRule theServerInterfaceImportsModelAndErrors = imports(SERVER, MODEL, ERROR);

  @ArchTest
  static final ArchRule configurationImportsModelErrorsAndTheSourceOfPasswords =
      imports(CONFIG, MODEL, ERROR, SECRET);

  @ArchTest static final ArchRule findingsImportModelAndErrors = imports(HEALTH, MODEL, ERROR);

  @ArchTest static final ArchRule eventsImportModelAndErrors = imports(EVENT, MODEL, ERROR);

  @ArchTest
  static final ArchRule theSourceOfPasswordsImportsModelAndErrors = imports(SECRET, MODEL, ERROR);

  @ArchTest static final ArchRule differencesImportErrors = imports(DIFF, ERROR);

  @ArchTest
  static final ArchRule comparisonImportsDifferencesAndErrors =
      imports("dev.bpg.internal.diff..", DIFF, ERROR);

  @ArchTest static final ArchRule thePlatformImportsErrors = imports(PLATFORM, ERROR);

  @ArchTest
  static final ArchRule storagesImportTheirInterfaceAndThePlatform =
      imports(STORAGES, STORAGE, MODEL, ERROR, PLATFORM);

  @ArchTest
  static final ArchRule runtimesImportTheirInterfaceAndThePlatform =
      imports(SERVERS, SERVER, MODEL, ERROR, PLATFORM);

  @ArchTest
  static final ArchRule plansAreMadeOfValues =
      imports("dev.bpg.internal.plan..", SERVER, STORAGE, MODEL, ERROR);

  @ArchTest
  static final ArchRule theCatalogImportsModelErrorsAndThePlatform =
      imports("dev.bpg.internal.catalog..", MODEL, ERROR, PLATFORM);

  @ArchTest static final ArchRule theFormatOfWalImportsModelAndErrors = imports(WAL, MODEL, ERROR);

  @ArchTest
  static final ArchRule archivesImportModelErrorsThePlatformAndTheFormatOfWal =
      imports(ARCHIVE, MODEL, ERROR, PLATFORM, WAL);

  @ArchTest
  static final ArchRule certificatesImportModelErrorsAndThePlatform =
      imports(TLS, MODEL, ERROR, PLATFORM);

  /** Docker's client needs it too, which the watchdog's class path has to name. */
  @ArchTest
  static final ArchRule certificatesAreMadeInOnePlace =
      onlyIn("org.bouncycastle..", TLS, "dev.bpg.internal.server.docker..");

  @ArchTest static final ArchRule zstdIsUnpackedByArchives = onlyIn("io.airlift..", ARCHIVE);

  @ArchTest
  static final ArchRule theEngineKnowsNoConfigurationAndNoImplementation =
      noClasses()
          .that()
          .resideInAPackage("dev.bpg.internal.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONFIG, STORAGES, SERVERS, "dev.bpg.internal.recovery..");

  @ArchTest
  static final ArchRule onlyTheAssemblyKnowsImplementations =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.bpg.internal", STORAGES, SERVERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORAGES, SERVERS);

  @ArchTest
  static final ArchRule nothingInsideKnowsTheApi =
      noClasses()
          .that()
          .resideInAPackage("dev.bpg.internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.bpg");

  @ArchTest static final ArchRule nativeCallsAreInThePlatform = onlyIn(JNA, PLATFORM);

  @ArchTest
  static final ArchRule dockerIsTalkedToByItsRuntime =
      onlyIn(DOCKER_JAVA, "dev.bpg.internal.server.docker..");

  @ArchTest
  static final ArchRule yamlAndJsonAreReadByConfigurationAndCatalog =
      onlyIn(JACKSON, CONFIG, "dev.bpg.internal.catalog..");

  @ArchTest
  static final ArchRule sqlIsSpokenByTheEngineAndWhatItKnowsOfPostgres =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.bpg",
              "dev.bpg.internal.postgres..",
              "dev.bpg.internal.engine..",
              "dev.bpg.internal.diff..")
          .should()
          .dependOnClassesThat(SQL);

  @ArchTest
  static final ArchRule theApiShowsConnectionsAndNothingElseOfSql =
      noClasses()
          .that()
          .resideInAPackage("dev.bpg")
          .should()
          .dependOnClassesThat(SQL.and(DescribedPredicate.not(SQL_OF_USERS)));

  @ArchTest
  static final ArchRule publicTypesOfTheApiShowNoLibrary =
      noClasses()
          .that()
          .resideInAnyPackage(PUBLIC)
          .and()
          .arePublic()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JNA, JACKSON, DOCKER_JAVA);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsPrinted =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  /** Programs are started by the spawner alone; the library runs none where a call will do. */
  @ArchTest
  static final ArchRule noProcessIsStartedByJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "Runtime.exec",
                  call ->
                      call.getTargetOwner().isEquivalentTo(Runtime.class)
                          && call.getTarget().getName().equals("exec")));

  @ArchTest
  static final ArchRule zfsStartsNoProcess =
      noClasses()
          .that()
          .resideInAnyPackage("dev.bpg.internal.platform.zfs..", "dev.bpg.internal.storage..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Spawner");

  @ArchTest
  static final ArchRule nothingSleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)");

  /** Of bpg, a package imports itself and these only. */
  private static ArchRule imports(String importing, String... imported) {
    return classes()
        .that()
        .resideInAPackage(importing)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(resideInAPackage("dev.bpg.."))
                .or(resideInAPackage(importing))
                .or(resideInAnyPackage(imported)));
  }

  /** A library is used in these packages only. */
  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  /** Every package of bpg is a slice. */
  private static final class ByPackage implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("dev.bpg")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
