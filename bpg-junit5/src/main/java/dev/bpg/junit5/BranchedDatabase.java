package dev.bpg.junit5;

import dev.bpg.DatabasePreparation;
import dev.bpg.model.BranchMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class, or each test, a temporary branch of its own.
 *
 * <pre>{@code
 * @BranchedDatabase("api/main")
 * class OrderTest {
 *   @Test
 *   void pays(DataSource db) { … }
 * }
 * }</pre>
 *
 * <p><b>Which branch.</b> Every class with this annotation, its own, inherited or through another
 * annotation that carries it, has one branch, made before anything of the class runs and deleted
 * when all of it is over. {@code @Nested} classes share the branch of the class around them unless
 * they have the annotation themselves. Tests of one class see each other's changes, tests of
 * different classes never do, whether they run one after the other, in parallel or in several JVMs.
 * With {@link BranchScope#METHOD}, or with the annotation at a test method, each test has a branch;
 * with {@link BranchScope#SESSION} all tests of the run share one.
 *
 * <p><b>Several databases.</b> The annotation can be repeated; each has a {@link #name()}, which
 * parameters and fields give in {@link FromBranch} or {@link BranchUrl}. A nested class, a subclass
 * or a method replaces the one of the same name.
 *
 * <p><b>Parameters</b> of constructors, test methods and methods such as {@code @BeforeAll} and
 * {@code @BeforeEach}: {@link dev.bpg.Branch} or {@link dev.bpg.TemporaryBranch}, {@link
 * javax.sql.DataSource}, {@link java.sql.Connection}, and a {@link String} with {@link BranchUrl}.
 *
 * <p><b>Fields</b> of the same types, marked with {@link FromBranch} or {@link BranchUrl}: static
 * ones are set before {@code @BeforeAll}, the others whenever an instance is made. A parameter or
 * field always belongs to the branch of the class that declares it, or of the nearest one around
 * that has a branch.
 *
 * <p><b>Connections</b> are opened for each parameter and field, in autocommit, and closed after
 * the test that they were opened for, or after the class where they were opened for all of it: a
 * parameter of {@code @BeforeAll}, a static field, an instance that all tests share.
 *
 * <p><b>The source</b> is a branch that exists, {@link #value()}, maybe as of a {@link
 * #snapshot()}; one that does not exist fails with {@link dev.bpg.error.NotFoundException}. Or it
 * is a template that the tests make themselves, when there is any of {@link #dump()}, {@link
 * #flyway()}, {@link #liquibase()}, {@link #scripts()} and {@link #prepare()}, which are carried
 * out in this order. Then {@link #value()} is the name that the template's begins with.
 *
 * <p><b>A template</b> is prepared once for all classes, threads, JVMs and runs of a machine, and
 * found by what it is made from: the content of all the above, the build of Postgres and the
 * settings. When something of that changes, there is another template, and the one before is
 * dropped when nobody used it for a while; see {@link dev.bpg.DatabaseBuilder#template} and {@link
 * dev.bpg.config.TemplateConfig}. Files are read once in a run. If a preparation fails, or takes
 * longer than {@code bpg.junit.preparation.timeout}, nothing is left of it, and all tests of the
 * run that need it fail with its cause, without another try.
 *
 * <p><b>Started ahead</b> are branches of a source that cannot change any more: they wait, running,
 * for the tests that want them, in the pool that all processes of the machine share; see {@link
 * dev.bpg.BranchPool}. One to which nothing was written is handed out again.
 *
 * <p><b>Limits</b>: how many branches live at once is bounded, see the package's description. What
 * bpg needs and this machine does not have fails the class unless {@code bpg.junit.skipUnavailable}
 * is set.
 *
 * @see BranchExtension
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(BranchedDatabases.class)
@ExtendWith(BranchedDatabaseExtension.class)
public @interface BranchedDatabase {

  /**
   * The branch to make branches of, such as {@code api/main}. With what makes a template: the name
   * that the template's begins with, such as {@code shop} or {@code shop/main}. Default: {@code
   * template}, where a template is made.
   */
  String value() default "";

  /**
   * A snapshot of the source to take the data of, by its id or label; of several with one label,
   * the newest. Not with what makes a template. Default: the source's present data.
   */
  String snapshot() default "";

  /**
   * A dump of {@code pg_dump} that the template begins with, of any format: {@code file:} and an
   * absolute path. Its content counts, wherever it lies. Default: none.
   */
  String dump() default "";

  /**
   * Locations of migrations that Flyway makes the template with, after the dump: {@code
   * db/migration} on the class path, or {@code filesystem:/srv/migration}, without wildcards. All
   * files below them count, classes of migrations in Java too. Needs Flyway on the class path, with
   * {@code flyway-database-postgresql}. Default: none.
   */
  String[] flyway() default {};

  /**
   * A change log on the class path that Liquibase makes the template with, after Flyway. It counts
   * with all that it includes and all that its changes read. Needs {@code liquibase-core} on the
   * class path. Default: none.
   */
  String liquibase() default "";

  /**
   * What this database is called in {@link FromBranch} and {@link BranchUrl}, where a test has
   * several. Default: empty.
   */
  String name() default "";

  /**
   * Which tests share a branch. At a method it is always {@link BranchScope#METHOD}. Default: as
   * {@code bpg.junit.scope} says, else the tests of the class.
   */
  BranchScope scope() default BranchScope.DEFAULT;

  /** How a branch of a running source is taken. Default: as fast as the storage allows. */
  BranchMode mode() default BranchMode.FAST;

  /**
   * SQL scripts in UTF-8 that make the template, after the migrations and in this order. {@code
   * schema.sql} is looked for beside the test class and then at the root of the class path, {@code
   * /db/schema.sql} at the root only, and {@code file:/srv/schema.sql} is an absolute path.
   * Default: none.
   */
  String[] scripts() default {};

  /**
   * Java code that makes the template, after the scripts and in this order. Each class has a
   * constructor without parameters; neither need be public. Its class file counts; what it reads
   * itself does not. Default: none.
   */
  Class<? extends DatabasePreparation>[] prepare() default {};

  /** The major version of Postgres for a template. Default: 0, the configuration's. */
  int version() default 0;

  /**
   * Server settings, as {@code work_mem=64MB}, for the class's branch, and for its template.
   * Default: none.
   */
  String[] settings() default {};

  /** Whether the branch is kept. Default: as {@code bpg.junit.keep} says, else never. */
  KeepBranch keep() default KeepBranch.DEFAULT;
}
