package dev.bpg.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpg.Bpg;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring Boot 4 with Testcontainers 2, Spring Boot 3.5 with Testcontainers 1. */
class SpringBootTest {

  private final Bpg bpg = Bpg.shared();

  @BeforeEach
  void makeParent() {
    RealDocker.image(17);
    Api.in(bpg);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    // tag::service-connection
    @Bean
    @ServiceConnection
    BranchedPostgreSQLContainer database() {
      return new BranchedPostgreSQLContainer("api/main");
    }
    // end::service-connection
  }

  @Test
  void connectsToItAndStopsIt() throws Exception {
    try (ConfigurableApplicationContext context =
            new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                    "spring.datasource.type=org.springframework.jdbc.datasource.SimpleDriverDataSource")
                .run();
        Connection connection = context.getBean(DataSource.class).getConnection()) {
      assertThat(Api.column(connection, "SELECT id FROM items")).containsExactly("1");
      assertThat(Api.branches(bpg)).hasSize(1);
    }
    Api.awaitNoBranches(bpg);
  }
}
