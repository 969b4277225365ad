package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.junit.jupiter.api.Test;

class DtlsCloseTest {
  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];

  private static byte[] plainAlert(int level, int description) {
    byte[] record = Alert.closeNotify();
    record[Alert.LEVEL_OFFSET] = (byte) level;
    record[Alert.DESCRIPTION_OFFSET] = (byte) description;
    return record;
  }

  @Test
  void shouldLetTheClientKnowThatItCloses() {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();

    exchange.session.close(exchange.now);
    exchange.settle();

    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CLOSED);
    assertThat(exchange.client.tls().alertReceived).isEqualTo(AlertDescription.close_notify);
  }

  @Test
  void shouldCloseWhenTheClientDoesAndAnswer() throws IOException {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();

    exchange.client.close();
    byte[] alert = exchange.client.poll();
    exchange.session.handle(exchange.now, alert, 0, alert.length);

    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CLOSED);
    assertThat(exchange.session.failure()).isNull();
    int length = exchange.session.pollTransmit(out);
    assertThat(length).isPositive();
    assertThat(DtlsRecord.type(out, 0)).isEqualTo(DtlsRecord.ALERT);
    assertThat(DtlsRecord.epoch(out, 0)).isOne();
  }

  @Test
  void shouldNotBelieveAnAlertThatIsNotAuthentic() throws IOException {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();
    exchange.client.close();
    byte[] alert = exchange.client.poll();

    for (int i = 0; i < alert.length; i++) {
      byte[] forged = alert.clone();
      forged[i] ^= 1;
      exchange.session.handle(exchange.now, forged, 0, forged.length);
      assertThat(exchange.session.status()).as("byte %d", i).isEqualTo(DtlsStatus.CONNECTED);
    }
    byte[] plain = plainAlert(AlertLevel.fatal, AlertDescription.internal_error);
    exchange.session.handle(exchange.now, plain, 0, plain.length);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CONNECTED);

    exchange.session.handle(exchange.now, alert, 0, alert.length);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CLOSED);
  }

  @Test
  void shouldFailWhenTheClientRefusesTheHandshake() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    exchange.session.handle(exchange.now, hello, 0, hello.length);
    byte[] warning = plainAlert(AlertLevel.warning, AlertDescription.no_renegotiation);
    exchange.session.handle(exchange.now, warning, 0, warning.length);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.HANDSHAKING);

    byte[] fatal = plainAlert(AlertLevel.fatal, AlertDescription.bad_certificate);
    exchange.session.handle(exchange.now, fatal, 0, fatal.length);

    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.FAILED);
    assertThat(exchange.session.failure().reason()).isEqualTo(DtlsFailure.Reason.PEER_ALERT);
    assertThat(exchange.session.failure().detail()).contains("bad_certificate");
  }

  @Test
  void shouldGiveAHandshakeUpWhenTheClientCloses() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    exchange.session.handle(exchange.now, hello, 0, hello.length);

    byte[] close = plainAlert(AlertLevel.warning, AlertDescription.close_notify);
    exchange.session.handle(exchange.now, close, 0, close.length);

    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CLOSED);
    assertThat(exchange.session.nextTimeout()).isEqualTo(DtlsSession.NO_TIMEOUT);
  }

  @Test
  void shouldTellTheClientThatItGivesTheHandshakeUp() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    exchange.session.handle(exchange.now, hello, 0, hello.length);

    exchange.session.close(exchange.now);

    assertThat(exchange.session.pollTransmit(out)).isEqualTo(Alert.RECORD_LENGTH);
    assertThat(Alert.isCloseNotify(out, 0)).isTrue();
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CLOSED);
  }

  @Test
  void shouldCloseSilentlyBeforeTheClientHasSaidAnything() {
    Exchange exchange = Fixture.exchange(Fixture.offer());

    exchange.session.close(exchange.now);

    assertThat(exchange.session.pollTransmit(out)).isZero();
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CLOSED);
  }

  @Test
  void shouldCloseOnce() {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();
    exchange.session.close(exchange.now);
    assertThat(exchange.session.pollTransmit(out)).isPositive();

    exchange.session.close(exchange.now);

    assertThat(exchange.session.pollTransmit(out)).isZero();
  }

  @Test
  void shouldNotBeginAnotherHandshakeOnceConnected() {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();
    TestClient again = new TestClient(Fixture.offer(), 99, DtlsServer.MAX_DATAGRAM);
    again.start();
    byte[] hello = again.poll();

    exchange.session.handle(exchange.now + 1000 * Exchange.MILLIS, hello, 0, hello.length);

    assertThat(exchange.session.pollTransmit(out)).isZero();
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CONNECTED);
  }
}
