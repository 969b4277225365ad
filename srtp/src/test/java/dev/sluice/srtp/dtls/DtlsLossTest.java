package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retransmission on both sides, in virtual time. */
class DtlsLossTest {

  private static void assertConnected(Exchange exchange, String what) {
    assertThat(exchange.session.status()).as(what).isEqualTo(DtlsStatus.CONNECTED);
    assertThat(exchange.client.failure()).as(what).isNull();
    assertThat(exchange.client.isConnected()).as(what).isTrue();
    assertThat(Fixture.reveal(exchange.session.takeKeys().local()))
        .as(what)
        .isEqualTo(Fixture.reveal(exchange.client.remoteKeys()));
  }

  @Test
  void shouldRecoverTheLossOfAnyDatagram() {
    DtlsServer server = Fixture.server();
    int datagrams =
        Fixture.exchange(server, DtlsHandshakeTest.modernOffer(), 1).connect().datagrams();
    assertThat(datagrams).isGreaterThanOrEqualTo(9);
    for (int i = 0; i < datagrams; i++) {
      int lost = i;
      Exchange exchange =
          Fixture.exchange(server, DtlsHandshakeTest.modernOffer(), 1).losing(n -> n == lost);

      assertConnected(exchange.connect(), "without datagram " + lost);
    }
  }

  @Test
  void shouldRecoverTheLossOfAnyTwoDatagramsInARow() {
    DtlsServer server = Fixture.server();
    for (int i = 0; i < 9; i++) {
      int lost = i;
      Exchange exchange =
          Fixture.exchange(server, DtlsHandshakeTest.modernOffer(), 1)
              .losing(n -> n == lost || n == lost + 1);

      assertConnected(exchange.connect(), "without datagrams " + lost + " and the next");
    }
  }

  @Test
  void shouldConnectOverALossyDuplicatingAndReorderingNetwork() {
    DtlsServer server = Fixture.server();
    long resent = 0;
    for (int seed = 0; seed < 30; seed++) {
      Exchange exchange =
          Fixture.exchange(server, DtlsHandshakeTest.modernOffer(), seed)
              .losing(0.15)
              .duplicating(0.15)
              .jittering(30 * Exchange.MILLIS);

      assertConnected(exchange.connect(), "seed " + seed);
      resent += exchange.session.resentFlights();
    }
    assertThat(resent).isPositive();
  }

  @Test
  void shouldSendItsFlightAgainWithGrowingPausesUntilTheTimeout() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.session.addressProved(exchange.now, true);
    long start = exchange.now;
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    exchange.session.handle(start, hello, 0, hello.length);

    List<Long> sentAt = new ArrayList<>();
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    long now = start;
    while (exchange.session.status() == DtlsStatus.HANDSHAKING) {
      exchange.session.handleTimeout(now);
      if (exchange.session.pollTransmit(out) > 0) {
        sentAt.add((now - start) / Exchange.MILLIS);
      }
      now = exchange.session.nextTimeout();
    }

    assertThat(sentAt).containsExactly(0L, 250L, 750L, 1750L, 3750L, 5750L, 7750L, 9750L);
    assertThat(exchange.session.failure().reason()).isEqualTo(DtlsFailure.Reason.TIMEOUT);
    assertThat(exchange.session.nextTimeout()).isEqualTo(DtlsSession.NO_TIMEOUT);
  }

  @Test
  void shouldNotFloodAnAddressThatIsNotProved() {
    for (TestTlsClient.Offer offer : List.of(Fixture.offer(), DtlsHandshakeTest.modernOffer())) {
      Exchange exchange = Fixture.exchange(offer);
      exchange.client.start();
      List<byte[]> hello = new ArrayList<>();
      for (byte[] datagram; (datagram = exchange.client.poll()) != null; ) {
        hello.add(datagram);
      }
      int received = 0;
      int sent = 0;
      int flight = 0;
      for (int round = 0; round < 100; round++) {
        for (byte[] datagram : round % 10 == 0 ? hello : List.<byte[]>of()) {
          exchange.session.handle(exchange.now, datagram, 0, datagram.length);
          received += datagram.length;
        }
        exchange.session.handleTimeout(exchange.now);
        sent += drain(exchange.session);
        flight = flight == 0 ? sent : flight;
        assertThat(sent).isLessThanOrEqualTo(Math.max(flight, 3 * received));
        exchange.now += 50 * Exchange.MILLIS;
      }
      assertThat(sent).as("some repetition").isGreaterThan(flight);
      assertThat(exchange.session.resentFlights()).isLessThanOrEqualTo(16);
    }
  }

  private static int drain(DtlsSession session) {
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    int sum = 0;
    for (int length; (length = session.pollTransmit(out)) > 0; ) {
      sum += length;
    }
    return sum;
  }

  @Test
  void shouldRepeatItselfAFewTimesOnlyThoughTheAddressIsProved() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.session.addressProved(exchange.now, true);
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    int flights = 0;
    for (int round = 0; round < 200; round++) {
      exchange.session.handle(exchange.now, hello, 0, hello.length);
      flights += drain(exchange.session) > 0 ? 1 : 0;
      exchange.now += 25 * Exchange.MILLIS;
    }

    assertThat(flights).isEqualTo(17);
  }

  @Test
  void shouldRepeatItselfWithTheProofThatItWaitsFor() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    exchange.session.handle(exchange.now, hello, 0, hello.length);
    exchange.session.handleTimeout(exchange.now);
    int flight = drain(exchange.session);
    assertThat(2 * flight).isGreaterThan(3 * hello.length);
    assertThat(exchange.session.isProofWanted()).isFalse();

    exchange.now = exchange.session.nextTimeout();
    exchange.session.handleTimeout(exchange.now);
    assertThat(drain(exchange.session)).isZero();
    assertThat(exchange.session.isProofWanted()).isTrue();

    exchange.session.addressProved(exchange.now, false);
    assertThat(drain(exchange.session)).isZero();
    exchange.session.addressProved(exchange.now, true);
    assertThat(drain(exchange.session)).isEqualTo(flight);
    assertThat(exchange.session.isProofWanted()).isFalse();
  }

  @Test
  void shouldTimeOutWithoutAnyDatagram() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    long deadline = exchange.now + Fixture.TIMEOUT;

    exchange.session.handleTimeout(deadline - 1);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.NEW);
    exchange.session.handleTimeout(deadline);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.FAILED);
    assertThat(exchange.session.failure().reason()).isEqualTo(DtlsFailure.Reason.TIMEOUT);
  }

  @Test
  void shouldAnswerARepeatedClientHelloWithItsFlight() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    exchange.session.handle(exchange.now, hello, 0, hello.length);
    exchange.session.handleTimeout(exchange.now);
    int length = exchange.session.pollTransmit(out);
    long firstSequence = DtlsRecord.sequence(out, 0);

    exchange.session.handle(exchange.now, hello, 0, hello.length);
    assertThat(exchange.session.pollTransmit(out)).as("duplicated by the network").isZero();
    exchange.session.handle(exchange.now + 100 * Exchange.MILLIS, hello, 0, hello.length);
    assertThat(exchange.session.pollTransmit(out)).as("sent again").isEqualTo(length);
    assertThat(DtlsRecord.sequence(out, 0)).isGreaterThan(firstSequence);
  }

  @Test
  void shouldSendItsLastFlightAgainWhenTheClientMissedIt() {
    DtlsServer server = Fixture.server();
    int last = Fixture.exchange(server, Fixture.offer(), 1).connect().datagrams() - 1;
    Exchange exchange =
        Fixture.exchange(server, Fixture.offer(), 1).losing(n -> n >= last && n < last + 20);

    exchange.connect();

    assertConnected(exchange, "all but the last flight");
    assertThat(exchange.session.resentFlights()).isBetween(1L, 4L);
  }

  @Test
  void shouldIgnoreAForgedFinishedAfterTheHandshake() {
    Exchange exchange = Fixture.exchange(Fixture.offer()).connect();
    byte[] forged = new byte[61];
    DtlsRecord.writeHeader(forged, DtlsRecord.HANDSHAKE, 1, 0);

    exchange.session.handle(exchange.now + 1000 * Exchange.MILLIS, forged, 0, forged.length);

    assertThat(exchange.session.pollTransmit(new byte[DtlsServer.MAX_DATAGRAM])).isZero();
    assertThat(exchange.session.droppedRecords()).isOne();
  }
}
