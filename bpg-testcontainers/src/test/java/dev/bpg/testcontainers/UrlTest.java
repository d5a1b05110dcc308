package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.Bpg;
import dev.bpg.error.RefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.jdbc.ConnectionUrl;

class UrlTest {

  private final BranchedPostgreSQLContainerProvider provider =
      new BranchedPostgreSQLContainerProvider();

  private JdbcDatabaseContainer<?> container(String url) {
    return provider.newInstance(ConnectionUrl.newInstance(url));
  }

  @Test
  void standsForItsTypeOnly() {
    assertThat(provider.supports("bpg")).isTrue();
    assertThat(provider.supports("postgresql")).isFalse();
  }

  @Test
  void namesWhoConnectsToWhat() {
    JdbcDatabaseContainer<?> container =
        container("jdbc:tc:bpg:17:///api/main/shop?user=app&password=secret");
    assertThat(container.getDatabaseName()).isEqualTo("shop");
    assertThat(container.getUsername()).isEqualTo("app");
    assertThat(container.getPassword()).isEqualTo("secret");
  }

  @Test
  void namesNoUserAndNoDatabase() {
    JdbcDatabaseContainer<?> container = container("jdbc:tc:bpg:17://localhost/api/main");
    assertThat(container.getDatabaseName()).isEqualTo("postgres");
    assertThat(container.getUsername()).isEqualTo("postgres");
  }

  @Test
  void refusesAUrlWithoutABranch() {
    for (String url : new String[] {"jdbc:tc:bpg:17:///api", "jdbc:tc:bpg:///a/b/c/d"}) {
      assertThatThrownBy(() -> container(url))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "cannot connect to "
                  + url
                  + ": it names no branch\nHINT: write it like jdbc:tc:bpg:17:///api/main");
    }
  }

  @Test
  void refusesTwoImages() {
    String url = "jdbc:tc:bpg:17:///api/main?TC_IMAGE=pgvector/pgvector";
    assertThatThrownBy(() -> container(url))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot connect to "
                + url
                + ": it names two images, postgres:17 and pgvector/pgvector\n"
                + "HINT: leave out the tag or TC_IMAGE");
  }

  @Test
  void runsAContainerForItsConnections() throws Exception {
    RealDocker.image(17);
    Bpg bpg = Bpg.shared();
    Api.in(bpg);
    String url = "jdbc:tc:bpg:17:///api/main?TC_INITSCRIPT=seven.sql";
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(Api.column(connection, "SELECT id FROM items ORDER BY id"))
          .containsExactly("1", "7");
      assertThat(Api.branches(bpg)).hasSize(1);
    }
    Api.awaitNoBranches(bpg);
  }
}
