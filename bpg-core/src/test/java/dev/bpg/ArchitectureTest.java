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
 *
 * <p>A rule about packages that have no classes yet says {@code allowEmptyShould(true)}. It is to
 * be taken away with the first class there: a rule that matches nothing must fail, lest renaming a
 * package switch it off.
 */
@AnalyzeClasses(packages = "dev.bpg", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String MODEL = "dev.bpg.model..";
  private static final String ERROR = "dev.bpg.error..";
  private static final String CONFIG = "dev.bpg.config..";
  private static final String STORAGE = "dev.bpg.storage..";
  private static final String SERVER = "dev.bpg.server..";
  private static final String PLATFORM = "dev.bpg.internal.platform..";
  private static final String STORAGES = "dev.bpg.internal.storage..";
  private static final String SERVERS = "dev.bpg.internal.server..";
  private static final String[] PUBLIC = {"dev.bpg", CONFIG, MODEL, ERROR, STORAGE, SERVER};

  private static final String JNA = "com.sun.jna..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  /** Names one class of each library, only to find the library's jar. */
  private static final String CLASS_PATH_OF_THE_WATCHDOG = "dev.bpg.internal.WatchdogProcess";

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
  static final ArchRule configurationImportsModelAndErrors = imports(CONFIG, MODEL, ERROR);

  @ArchTest static final ArchRule thePlatformImportsErrors = imports(PLATFORM, ERROR);

  @ArchTest
  static final ArchRule storagesImportTheirInterfaceAndThePlatform =
      imports(STORAGES, STORAGE, MODEL, ERROR, PLATFORM).allowEmptyShould(true);

  @ArchTest
  static final ArchRule runtimesImportTheirInterfaceAndThePlatform =
      imports(SERVERS, SERVER, MODEL, ERROR, PLATFORM).allowEmptyShould(true);

  @ArchTest
  static final ArchRule plansAreMadeOfValues =
      imports("dev.bpg.internal.plan..", SERVER, STORAGE, MODEL, ERROR).allowEmptyShould(true);

  @ArchTest
  static final ArchRule theCatalogImportsModelErrorsAndThePlatform =
      imports("dev.bpg.internal.catalog..", MODEL, ERROR, PLATFORM).allowEmptyShould(true);

  @ArchTest
  static final ArchRule theEngineKnowsNoConfigurationAndNoImplementation =
      noClasses()
          .that()
          .resideInAPackage("dev.bpg.internal.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONFIG, STORAGES, SERVERS, "dev.bpg.internal.recovery..")
          .allowEmptyShould(true);

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
  static final ArchRule yamlAndJsonAreReadByConfigurationAndCatalog =
      onlyIn(JACKSON, CONFIG, "dev.bpg.internal.catalog..");

  @ArchTest
  static final ArchRule sqlIsSpokenByTheEngineAndWhatItKnowsOfPostgres =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.bpg", "dev.bpg.internal.postgres..", "dev.bpg.internal.engine..")
          .should()
          .dependOnClassesThat(SQL);

  @ArchTest
  static final ArchRule theApiShowsConnectionsAndNothingElseOfSql =
      noClasses()
          .that()
          .resideInAPackage("dev.bpg")
          .should()
          .dependOnClassesThat(SQL.and(DescribedPredicate.not(SQL_OF_USERS)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule publicTypesOfTheApiShowNoLibrary =
      noClasses()
          .that()
          .resideInAnyPackage(PUBLIC)
          .and()
          .arePublic()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JNA, JACKSON);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsPrinted =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

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
        .and()
        .doNotHaveFullyQualifiedName(CLASS_PATH_OF_THE_WATCHDOG)
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
