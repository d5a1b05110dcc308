package dev.bpg.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that is to be set from the test class's branch: a {@link dev.bpg.Branch}, a {@link
 * dev.bpg.TemporaryBranch}, a {@link javax.sql.DataSource} or a {@link java.sql.Connection}.
 *
 * <p>The field may be private, static or inherited, but not final. A field without a mark is never
 * set; parameters need none. The URL, a {@link String}, has a mark of its own: {@link BranchUrl}.
 *
 * @see BranchedDatabase
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.ANNOTATION_TYPE})
public @interface FromBranch {}
