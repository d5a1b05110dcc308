package dev.bpg.internal.diff;

import java.util.function.Function;
import javax.sql.DataSource;

/**
 * One of the two that are compared.
 *
 * @param name what messages call it, such as {@code api/dev}
 * @param databases opens connections to the database of a name, as a superuser
 */
public record Side(String name, Function<String, DataSource> databases) {}
