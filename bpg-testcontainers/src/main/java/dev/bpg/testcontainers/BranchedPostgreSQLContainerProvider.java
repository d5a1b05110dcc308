package dev.bpg.testcontainers;

import dev.bpg.error.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.containers.JdbcDatabaseContainerProvider;
import org.testcontainers.jdbc.ConnectionUrl;
import org.testcontainers.utility.DockerImageName;

/**
 * Makes the containers of URLs like {@code jdbc:tc:bpg:17:///api/main}: a branch of {@code
 * api/main} in the image {@code postgres:17}.
 *
 * <ul>
 *   <li>{@code jdbc:tc:bpg:///api/main}: in the image that {@link
 *       BranchedPostgreSQLContainer#BranchedPostgreSQLContainer(String)} takes.
 *   <li>{@code jdbc:tc:bpg:///api/main?TC_IMAGE=pgvector/pgvector:pg17}: in any other image.
 *   <li>{@code jdbc:tc:bpg:///api/main/shop}: connected to the SQL database {@code shop}.
 *   <li>{@code jdbc:tc:bpg:///api/main?user=app&password=secret}: as another user.
 * </ul>
 *
 * <p>Testcontainers' own parameters, such as {@code TC_DAEMON}, {@code TC_REUSABLE} and {@code
 * TC_INITSCRIPT}, mean what they mean everywhere.
 */
public final class BranchedPostgreSQLContainerProvider extends JdbcDatabaseContainerProvider {

  private static final String TYPE = "bpg";
  private static final String IMAGE = "TC_IMAGE";

  // host/database/branch or host/database/branch/sql; the host is free and may be empty.
  private static final Pattern PLACE =
      Pattern.compile("[^/]*/(?<source>[^/]+/[^/]+)(/(?<sql>[^/]+))?");

  @Override
  public boolean supports(String databaseType) {
    return TYPE.equals(databaseType);
  }

  /**
   * Refuses: a tag names no branch.
   *
   * @throws RefusedException always
   */
  @Override
  public JdbcDatabaseContainer<?> newInstance(String tag) {
    throw refused("jdbc:tc:bpg:" + tag, "it names no branch");
  }

  /**
   * The container of a URL.
   *
   * @throws RefusedException if the URL names no branch, or two images
   */
  @Override
  public JdbcDatabaseContainer<?> newInstance(ConnectionUrl url) {
    Matcher place = PLACE.matcher(url.getDbHostString());
    if (!place.matches()) {
      throw refused(url.getUrl(), "it names no branch");
    }
    String source = place.group("source");
    BranchedPostgreSQLContainer container =
        image(url)
            .map(image -> new BranchedPostgreSQLContainer(source, image))
            .orElseGet(() -> new BranchedPostgreSQLContainer(source));
    Optional.ofNullable(place.group("sql")).ifPresent(container::withDatabaseName);
    Map<String, String> parameters = url.getQueryParameters();
    Optional.ofNullable(parameters.get("user")).ifPresent(container::withUsername);
    Optional.ofNullable(parameters.get("password")).ifPresent(container::withPassword);
    return container.withReuse(url.isReusable());
  }

  private static Optional<DockerImageName> image(ConnectionUrl url) {
    Optional<String> named = Optional.ofNullable(url.getContainerParameters().get(IMAGE));
    Optional<String> tagged = url.getImageTag().map(tag -> "postgres:" + tag);
    if (named.isPresent() && tagged.isPresent()) {
      throw new RefusedException(
          "connect to",
          url.getUrl(),
          "it names two images, " + tagged.get() + " and " + named.get(),
          "leave out the tag or " + IMAGE);
    }
    return named.or(() -> tagged).map(DockerImageName::parse);
  }

  private static RefusedException refused(String url, String reason) {
    return new RefusedException(
        "connect to", url, reason, "write it like jdbc:tc:bpg:17:///api/main");
  }
}
