package dev.bpg.testcontainers;

import com.github.dockerjava.api.DockerClient;
import dev.bpg.error.BpgException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * What another JVM does: it starts a container, adds a row, says what it has, waits for the end of
 * its input, and ends without stopping the container. Or it says that its container runs, and goes
 * no further.
 */
public final class Program {

  static final String SAYS = "> ";

  private Program() {}

  /** Runs it: {@code image reuse row}; without a row it goes no further. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    BranchedPostgreSQLContainer container =
        new BranchedPostgreSQLContainer("api/main", DockerImageName.parse(arguments[0]))
            .withReuse(Boolean.parseBoolean(arguments[1]));
    if (arguments.length == 2) {
      container.withStartupCheckStrategy(new Hanging());
    }
    out.println(SAYS + started(container, arguments[arguments.length - 1]));
    while (System.in.read() >= 0) {
      continue;
    }
  }

  /** Testcontainers asks it before it asks whether the server can be used. */
  private static final class Hanging extends StartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(DockerClient client, String container) {
      PrintStream out = System.out;
      out.println(SAYS + "the container runs");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return StartupStatus.FAILED;
    }
  }

  private static String started(BranchedPostgreSQLContainer container, String row) {
    try {
      container.start();
      Api.run(container, "INSERT INTO items VALUES (" + row + ")");
      return container.getContainerId() + " " + Api.items(container);
    } catch (BpgException | java.sql.SQLException e) {
      return String.valueOf(e.getMessage()).replace("\n", " ");
    }
  }
}
