package dev.bpg.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a field that is to be set from the test's branch, or names the database of a parameter: a
 * {@link dev.bpg.Branch}, a {@link dev.bpg.TemporaryBranch}, a {@link javax.sql.DataSource} or a
 * {@link java.sql.Connection}.
 *
 * <p>The field may be private, static or inherited, but not final. A field without a mark is never
 * set; parameters need none. One that is marked in a class without a database fails its tests with
 * a {@link dev.bpg.error.RefusedException}. The URL, a {@link String}, has a mark of its own:
 * {@link BranchUrl}.
 *
 * @see BranchedDatabase
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@ExtendWith(UnsetFields.class)
public @interface FromBranch {

  /**
   * The {@link BranchedDatabase#name()} of the database, where there are several. Default: the one
   * without a name, or the only one.
   */
  String value() default "";
}
