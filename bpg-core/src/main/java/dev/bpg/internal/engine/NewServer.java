package dev.bpg.internal.engine;

import dev.bpg.model.BranchName;
import dev.bpg.model.PostgresBuild;
import dev.bpg.server.Endpoint;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * The server of a database that nobody has seen yet, to be filled.
 *
 * @param name the database's main branch
 * @param build what it runs
 * @param endpoint where it listens
 * @param data its data folder, which goes with all in it if the creation fails
 * @param dataSource connections to its database {@code postgres} as the superuser
 * @param progress is told how far things are
 */
public record NewServer(
    BranchName name,
    PostgresBuild build,
    Endpoint endpoint,
    Path data,
    DataSource dataSource,
    ProgressMeter.Listener progress) {}
