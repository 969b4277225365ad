package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DtlsIdentityTest {
  private static X509Certificate parse(DtlsIdentity identity) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(identity.certificate()));
  }

  @Test
  void shouldSignItsOwnP256Certificate() throws Exception {
    X509Certificate certificate = parse(Fixture.SERVER);

    certificate.verify(certificate.getPublicKey());
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength())
        .isEqualTo(256);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSubjectX500Principal())
        .isEqualTo(certificate.getIssuerX500Principal());
  }

  @Test
  void shouldBeValidFromTheDayBeforeForAYear() throws Exception {
    X509Certificate certificate = parse(Fixture.SERVER);

    certificate.checkValidity(Date.from(Fixture.TODAY.minus(Duration.ofHours(23))));
    certificate.checkValidity(Date.from(Fixture.TODAY.plus(Duration.ofDays(364))));
    assertThat(certificate.getNotAfter()).isBefore(Fixture.TODAY.plus(Duration.ofDays(366)));
  }

  @Test
  void shouldSayWhenItEndsInAnyCentury() throws Exception {
    for (String now :
        List.of("2005-01-02T03:04:05Z", "2048-12-31T23:59:59Z", "2050-02-03T04:05:06Z")) {
      Instant start = Instant.parse(now);
      X509Certificate certificate = parse(DtlsIdentity.generate(new SecureRandom(), start));
      assertThat(certificate.getNotBefore().toInstant()).isEqualTo(start.minus(Duration.ofDays(1)));
      assertThat(certificate.getNotAfter().toInstant()).isEqualTo(start.plus(Duration.ofDays(365)));
    }
  }

  @Test
  void shouldRevealNothingAndRepeatNothing() throws Exception {
    SecureRandom random = new SecureRandom();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      X509Certificate certificate = parse(DtlsIdentity.generate(random, Fixture.TODAY));
      assertThat(certificate.getSubjectX500Principal().getName()).matches("CN=[0-9a-f]{16}");
      assertThat(certificate.getSerialNumber()).isPositive();
      assertThat(seen.add(certificate.getSubjectX500Principal())).isTrue();
      assertThat(seen.add(certificate.getSerialNumber())).isTrue();
      assertThat(seen.add(certificate.getPublicKey())).isTrue();
    }
  }

  @Test
  void shouldShowItsFingerprintOnly() {
    Fingerprint fingerprint = Fixture.SERVER.fingerprint("sha-256");

    assertThat(Fixture.SERVER).hasToString(fingerprint.toString());
    assertThat(fingerprint.matches(Fixture.SERVER.certificate())).isTrue();
  }
}
