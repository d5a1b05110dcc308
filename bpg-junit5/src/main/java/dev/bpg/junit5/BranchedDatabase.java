package dev.bpg.junit5;

import dev.bpg.DatabasePreparation;
import dev.bpg.model.BranchMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a temporary branch of its own.
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
 * <p><b>The source</b>, {@link #value()}, has to exist, or {@link #scripts()} or {@link #prepare()}
 * have to say how to make it. Without them a source that does not exist fails the class with {@link
 * dev.bpg.error.NotFoundException}. With them, the first class that needs the database makes it,
 * also among several JVMs, and it stays for later runs. It carries a fingerprint of what made it,
 * in the server setting {@code bpg.fingerprint}; if that differs by now, the database is deleted
 * and made anew, unless it has branches: then the class fails with {@link
 * dev.bpg.error.RefusedException}, as it does if the database was not made this way.
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
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(BranchedDatabaseExtension.class)
public @interface BranchedDatabase {

  /** The branch to make branches of, such as {@code api/main}. */
  String value();

  /** How a branch of a running source is taken. Default: as fast as the storage allows. */
  BranchMode mode() default BranchMode.FAST;

  /**
   * SQL scripts in UTF-8 that make the database if it does not exist, in this order; the source has
   * to be its {@code main} then. {@code schema.sql} is looked for beside the test class and then at
   * the root of the class path, {@code /db/schema.sql} at the root only, and {@code
   * file:/srv/schema.sql} is an absolute path. Default: none.
   */
  String[] scripts() default {};

  /**
   * Java code that makes the database if it does not exist, after the scripts and in this order.
   * Each class has a constructor without parameters; neither need be public. Its class file is part
   * of the fingerprint; what it reads itself, such as a folder of migrations, is not. Default:
   * none.
   */
  Class<? extends DatabasePreparation>[] prepare() default {};

  /**
   * The major version of Postgres for a database that is made here; of use only with scripts or
   * prepare. Default: 0, the configuration's.
   */
  int version() default 0;

  /**
   * Server settings, as {@code work_mem=64MB}, for the class's branch, and for the database if it
   * is made here. Default: none.
   */
  String[] settings() default {};

  /** Whether the branch is kept. Default: as {@code bpg.junit.keep} says, else never. */
  KeepBranch keep() default KeepBranch.DEFAULT;
}
