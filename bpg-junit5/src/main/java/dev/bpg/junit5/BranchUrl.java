package dev.bpg.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a {@link String} field or parameter that is to hold the JDBC URL of the test class's
 * branch.
 *
 * <p>The URL carries user and <b>password</b>, so that {@code DriverManager.getConnection(url)}
 * works: do not log it. A test that wants them apart takes the {@link dev.bpg.Branch}.
 *
 * @see BranchedDatabase
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@ExtendWith(UnsetFields.class)
public @interface BranchUrl {

  /**
   * The {@link BranchedDatabase#name()} of the database, where there are several. Default: the one
   * without a name, or the only one.
   */
  String value() default "";
}
