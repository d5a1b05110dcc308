package dev.bpg.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedCertificateTest {

  private static final Instant NOW = Instant.now();

  @Test
  void isForTheLoopbackAddressesAndLastsTenYears() throws Exception {
    X509Certificate leaf = GeneratedCertificate.make("api", NOW).leaf();

    assertThat(leaf.getSubjectAlternativeNames().stream().<Object>map(name -> name.get(1)))
        .containsExactlyInAnyOrder("127.0.0.1", "0:0:0:0:0:0:0:1", "localhost");
    assertThat(leaf.getNotAfter().toInstant())
        .isBetween(NOW.plus(Duration.ofDays(3650)), NOW.plus(Duration.ofDays(3653)));
    assertThat(leaf.getNotBefore().toInstant()).isBefore(NOW.minus(Duration.ofHours(1)));
    assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getCurve().getField().getFieldSize())
        .isEqualTo(256);
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void isSignedByAnAuthorityOfItsOwnThatSignsNothingElse() throws Exception {
    ServerCertificate one = GeneratedCertificate.make("api", NOW);
    ServerCertificate other = GeneratedCertificate.make("api", NOW);
    List<X509Certificate> chain = one.chain();

    chain.get(0).verify(chain.get(1).getPublicKey());
    assertThat(ServerCertificate.certificates(one.authority())).containsExactly(chain.get(1));
    assertThat(chain.get(1).getBasicConstraints()).isZero();
    assertThat(one.authority()).isNotEqualTo(other.authority());
    assertThat(one.server()).containsOnlyOnce("PRIVATE KEY-----\n-----BEGIN CERTIFICATE");
  }

  @Test
  void isFreshUntilThirtyDaysBeforeItsEnd() throws Exception {
    ServerCertificate made = GeneratedCertificate.make("api", NOW);

    assertThat(made.isFresh(NOW.plus(Duration.ofDays(3620)))).isTrue();
    assertThat(made.isFresh(NOW.plus(Duration.ofDays(3623)))).isFalse();
    assertThat(new ServerCertificate("nothing", "").isFresh(NOW)).isFalse();
  }
}
