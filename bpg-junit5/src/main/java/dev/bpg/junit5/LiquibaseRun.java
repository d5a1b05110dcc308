package dev.bpg.junit5;

import dev.bpg.error.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.change.Change;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Where Liquibase is called; loaded only where it is there. */
final class LiquibaseRun {

  private LiquibaseRun() {}

  /**
   * The hash of a change log, of all that it includes, and of all that its changes read: files of
   * SQL and data, and classes of changes in Java.
   *
   * @throws RefusedException if Liquibase cannot read it, with Liquibase's own words
   */
  static String hash(String changeLog, ClassLoader loader) {
    RecordingResources resources = new RecordingResources(loader);
    return within(
        changeLog, loader, resources, () -> hash(parse(changeLog, resources), resources, loader));
  }

  private static DatabaseChangeLog parse(String changeLog, ResourceAccessor resources)
      throws LiquibaseException {
    return ChangeLogParserFactory.getInstance()
        .getParser(changeLog, resources)
        .parse(changeLog, new ChangeLogParameters(), resources);
  }

  // What changes read is looked for beside the file that names it, which the resources do not see;
  // it is in the check sums.
  private static String hash(
      DatabaseChangeLog changes, RecordingResources resources, ClassLoader loader)
      throws IOException {
    ContentHash hash = new ContentHash();
    for (ChangeSet set : changes.getChangeSets()) {
      hash.add(set.toString()).add(set.generateCheckSum(ChecksumVersion.latest()).toString());
      for (Change change : set.getChanges()) {
        if (change instanceof CustomChangeWrapper custom) {
          addClass(hash, custom.getClassName(), loader);
        }
      }
    }
    resources.hashes().forEach((path, content) -> hash.add(path).add(content));
    return hash.text();
  }

  private static void addClass(ContentHash hash, String name, ClassLoader loader)
      throws IOException {
    try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
      hash.add(name);
      if (in != null) {
        hash.add(in);
      }
    }
  }

  /**
   * Runs a change log.
   *
   * @throws RefusedException if a change fails, with Liquibase's own words
   */
  static void update(String changeLog, ClassLoader loader, DataSource source) {
    within(
        changeLog,
        loader,
        new ClassLoaderResourceAccessor(loader),
        () -> {
          try (Connection connection = source.getConnection();
              Database database =
                  DatabaseFactory.getInstance()
                      .findCorrectDatabaseImplementation(new JdbcConnection(connection))) {
            return new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, changeLog)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .setOutput(OutputStream.nullOutputStream())
                .execute();
          }
        });
  }

  // Its own console and its reports to its makers are not for tests.
  private static <T> T within(
      String changeLog,
      ClassLoader loader,
      ResourceAccessor resources,
      Scope.ScopedRunnerWithReturn<T> work) {
    Map<String, Object> scope = new HashMap<>();
    scope.put(Scope.Attr.resourceAccessor.name(), resources);
    scope.put(Scope.Attr.classLoader.name(), loader);
    scope.put(Scope.Attr.ui.name(), new LoggerUIService());
    scope.put(AnalyticsArgs.ENABLED.getKey(), false);
    try (resources) {
      return Scope.child(scope, work);
    } catch (Exception e) {
      throw new RefusedException(
          "migrate with Liquibase",
          changeLog,
          String.valueOf(e.getMessage()).strip(),
          "correct the change log",
          e);
    }
  }
}
