package dev.bpg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpg.error.RefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceServerTest {

  @Test
  void readsBothWaysOfWritingAUrl() {
    SourceServer libpq =
        SourceServer.of(
            "postgresql://ann:p%40s%2Fs+%25@db.example.org:6432/the%20shop?sslmode=require");
    assertThat(libpq.host()).isEqualTo("db.example.org");
    assertThat(libpq.port()).isEqualTo(6432);
    assertThat(libpq.user()).hasValue("ann");
    assertThat(libpq.password()).hasValue("p@s/s+%");
    assertThat(libpq.database()).hasValue("the shop");
    assertThat(libpq.tls()).isEqualTo(Map.of("sslmode", "require"));

    SourceServer jdbc =
        SourceServer.of("jdbc:postgresql://[::1]/shop?user=ben&password=a%26b&sslrootcert=/ca.crt");
    assertThat(jdbc.host()).isEqualTo("::1");
    assertThat(jdbc.port()).isEqualTo(5432);
    assertThat(jdbc.user()).hasValue("ben");
    assertThat(jdbc.password()).hasValue("a&b");
    assertThat(jdbc.tls()).isEqualTo(Map.of("sslrootcert", "/ca.crt"));
    assertThat(SourceServer.of("postgres://host").database()).isEmpty();
  }

  @Test
  void itsTextHasNoPassword() {
    SourceServer source = SourceServer.of("postgresql://ann:secret@[::1]:1/shop?password=hidden");
    assertThat(source.withUser("ben")).hasToString("postgresql://ben@[::1]:1/shop");
    assertThat(source.withPassword("other").password()).hasValue("other");
    assertThat(source.withPassword("other")).hasToString("postgresql://ann@[::1]:1/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:secret@host/shop",
        "postgresql://ann:secret@a,b/shop",
        "postgresql://ann:secret@/shop",
        "postgresql:shop?password=secret",
        "postgresql://ann:se@cret@host/shop"
      })
  void refusesWhatIsNoSuchUrlWithoutQuotingIt(String url) {
    assertThatThrownBy(() -> SourceServer.of(url))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read the URL of a server: it is not of the form"
                + " postgresql://user@host:port/database\nHINT: write it as"
                + " postgresql://reader@db.example.org:5432/shop?sslmode=require");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://host:0/shop, its port is not 1 to 65535",
    "postgresql://host:65536/shop, its port is not 1 to 65535",
    "postgresql://ann:sec%ret@host/shop, its password has a % that is not followed by two digits"
  })
  void refusesWhatItWouldHaveToLeaveOut(String url, String reason) {
    assertThatThrownBy(() -> SourceServer.of(url))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("cannot read the URL of a server: " + reason + "\nHINT: ")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://host/shop?ssl",
        "postgresql://host/shop?targetServerType=primary",
        "postgresql://ann:123?secret@host/shop",
        "postgresql://host/shop?password=ab&secret"
      })
  void refusesOtherParametersWithoutQuotingWhatMayBeOfAPassword(String url) {
    assertThatThrownBy(() -> SourceServer.of(url))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "cannot read the URL of a server: it has a parameter that is none of user, password,"
                + " sslmode, sslrootcert, sslcert, sslkey with a value\nHINT: write it as"
                + " postgresql://reader@db.example.org:5432/shop?sslmode=require")
        .hasNoCause();
  }
}
