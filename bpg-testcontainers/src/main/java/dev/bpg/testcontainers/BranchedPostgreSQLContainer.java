package dev.bpg.testcontainers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.bpg.Bpg;
import dev.bpg.Branch;
import dev.bpg.error.StartFailedException;
import dev.bpg.error.UnavailableException;
import dev.bpg.model.BranchName;
import dev.bpg.model.ContainerSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * A Postgres container whose data is a branch of a database of bpg:
 *
 * <pre>{@code
 * @Container
 * static final BranchedPostgreSQLContainer db = new BranchedPostgreSQLContainer("api/main");
 * }</pre>
 *
 * <p><b>What it is.</b> Testcontainers' own container, so networks, aliases, copied files, init
 * scripts, wait strategies, log consumers, modifiers and {@code @ServiceConnection} work as they do
 * for any other. Its server is the image's {@code postgres}, started as bpg starts it; the image's
 * entrypoint is not used, so its variables and {@code /docker-entrypoint-initdb.d} mean nothing.
 *
 * <p><b>Its data</b> is the parent's as of each start, and its own from then on. The parent may run
 * or not, as a process or in Docker. Its tables that are {@code UNLOGGED} are empty if it runs.
 *
 * <p><b>The image</b> has to have Postgres of the parent's major version, and to sort text as the
 * build did that made the parent's data, by what Postgres notes of collations; the C locale, in
 * which bpg makes databases, sorts alike everywhere.
 *
 * <p><b>Its end.</b> Container and data go with {@link #stop()}, and at the latest within 10
 * seconds of this process's end, {@code kill -9} included, with and without Ryuk. With {@code
 * withReuse(true)}, where Testcontainers is configured for that, both stay, and the next process
 * finds them with what was written to them.
 *
 * <p>Where Testcontainers reaches Docker at {@code localhost}, the port is published on 127.0.0.1
 * only. Not thread-safe before {@link #start()} has returned.
 */
public class BranchedPostgreSQLContainer
    extends JdbcDatabaseContainer<BranchedPostgreSQLContainer> {

  /** The port that Postgres listens on inside the container. */
  public static final Integer POSTGRESQL_PORT = 5432;

  private static final String POSTGRES = "postgres";

  private final ContainerBranch branch = new ContainerBranch();
  private final ImageName image;
  private String username = POSTGRES;
  private Optional<String> password = Optional.empty();
  private String databaseName = POSTGRES;
  private String lastWords = "";

  /**
   * A branch in the image that made the parent's data, or where no image made it, {@code
   * postgres:<major>}.
   *
   * @param source the parent's name, such as {@code api/main}; it has to exist at the start
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}
   */
  public BranchedPostgreSQLContainer(String source) {
    this(new ImageName(source, Optional.empty()));
  }

  /**
   * A branch in an image.
   *
   * @param source the parent's name, such as {@code api/main}; it has to exist at the start
   * @param image any image with Postgres of the parent's major version
   * @throws dev.bpg.error.RefusedException if the name breaks the rule of {@link BranchName}
   */
  public BranchedPostgreSQLContainer(String source, DockerImageName image) {
    this(new ImageName(source, Optional.of(image.asCanonicalNameString())));
  }

  private BranchedPostgreSQLContainer(ImageName image) {
    super(image);
    this.image = image;
    this.waitStrategy = new Query();
    addExposedPort(POSTGRESQL_PORT);
    withCreateContainerCmdModifier(this::prepare);
  }

  /** The bpg that has the parent. Default: {@link Bpg#shared()}. */
  public BranchedPostgreSQLContainer withBpg(Bpg bpg) {
    image.take(image.source().with(bpg));
    return this;
  }

  /**
   * A snapshot of the parent to take the data of, by its id or label; of several with one label,
   * the newest. Default: the parent's present data.
   */
  public BranchedPostgreSQLContainer withSnapshot(String idOrLabel) {
    image.take(image.source().with(idOrLabel));
    return this;
  }

  /**
   * Whom to connect as. A user that the parent does not have is made, as a superuser. Default:
   * {@code postgres}.
   */
  @Override
  public BranchedPostgreSQLContainer withUsername(String name) {
    this.username = name;
    return this;
  }

  /** The password of that user, here and not in the parent. Default: a random one. */
  @Override
  public BranchedPostgreSQLContainer withPassword(String text) {
    this.password = Optional.of(text);
    return this;
  }

  /**
   * The SQL database to connect to. One that the parent does not have is made, empty. Default:
   * {@code postgres}.
   */
  @Override
  public BranchedPostgreSQLContainer withDatabaseName(String name) {
    this.databaseName = name;
    return this;
  }

  /**
   * The branch that it runs: to compare it with its parent, for example.
   *
   * @throws UnavailableException if it was not started
   */
  public Branch branch() {
    return branch
        .get()
        .orElseThrow(
            () ->
                new UnavailableException(
                    "find",
                    "the branch of " + image.source().name() + " in a container",
                    "the container does not run",
                    "call start() on it"));
  }

  @Override
  public String getDriverClassName() {
    return "org.postgresql.Driver";
  }

  @Override
  public String getJdbcUrl() {
    return "jdbc:postgresql://"
        + getHost()
        + ":"
        + getMappedPort(POSTGRESQL_PORT)
        + "/"
        + databaseName
        + constructUrlParameters("?", "&");
  }

  @Override
  public String getDatabaseName() {
    return databaseName;
  }

  @Override
  public String getUsername() {
    return username;
  }

  /**
   * The password of {@link #getUsername()}.
   *
   * @throws UnavailableException if none was given and the container was not started
   */
  @Override
  public String getPassword() {
    return password.orElseGet(() -> branch().getPassword());
  }

  @Override
  protected String getTestQueryString() {
    return "SELECT 1";
  }

  /**
   * Makes the branch and starts its container.
   *
   * @throws dev.bpg.error.NotFoundException if the parent, or the snapshot of it, does not exist
   * @throws UnavailableException if there is no Docker daemon, the image has no Postgres or another
   *     major version, or the daemon does not see bpg's folders
   * @throws dev.bpg.error.RefusedException if the image sorts text otherwise
   * @throws StartFailedException if Postgres refuses
   */
  @Override
  public void start() {
    if (getContainerId() == null) {
      // Before Testcontainers looks for a daemon, which may take it minutes.
      image.source().bpg().requireDocker();
      image.source().bpg().getBranch(image.source().name().toString());
    }
    super.start();
  }

  @Override
  protected void doStart() {
    try {
      super.doStart();
    } catch (RuntimeException e) {
      branch.abandon();
      throw LaunchFailures.explain(e, image.source().name(), lastWords);
    }
  }

  private void prepare(CreateContainerCmd container) {
    String[] command = Optional.ofNullable(container.getCmd()).orElse(new String[0]);
    Map<String, String> settings = CommandSettings.of(List.of(command));
    // The very image that made the data, whatever its name stands for by now.
    Optional<String> other =
        image.isNamed() || image.source().ownImage().isEmpty()
            ? Optional.of(String.valueOf(container.getImage()))
            : Optional.empty();
    ContainerSpec wanted =
        isReused()
            ? branch.beginReusable(image.source(), settings, other, reusedName(container))
            : branch.begin(image.source(), settings, other);
    LaunchFailures.requireSameDaemon(
        wanted, DockerClientFactory.instance().getInfo().getId(), image.source().name());
    new Specification(wanted).applyTo(container, getHost());
  }

  private boolean isReused() {
    return isShouldBeReused()
        && TestcontainersConfiguration.getInstance().environmentSupportsReuse();
  }

  private String reusedName(CreateContainerCmd container) {
    List<Object> configuration =
        List.of(image.source().name(), image.source().snapshot(), username, password, databaseName);
    return ReusedName.of(container, configuration);
  }

  @Override
  protected void waitUntilContainerStarted() {
    Branch ready = branch.complete();
    try {
      new SqlLogin(username, password, databaseName).make(ready.dataSource(), ready.getPassword());
    } catch (SQLException e) {
      throw new StartFailedException(
          "make the user " + username + " and the SQL database " + databaseName + " of",
          ready.name(),
          String.valueOf(e.getMessage()),
          "choose other names, or those that the parent has",
          e);
    }
    getWaitStrategy().waitUntilReady(this);
  }

  /** Removes the container and its data, which cannot be had again. */
  @Override
  public void stop() {
    try {
      // Of one that Testcontainers gives up, before it removes it.
      lastWords = branch.isPrepared() && !isRunning() ? getLogs() : "";
      super.stop();
    } finally {
      branch.release();
    }
  }

  /** What is waited for unless something else is asked for: that the test query works. */
  private final class Query extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      BranchedPostgreSQLContainer.super.waitUntilContainerStarted();
    }
  }
}
