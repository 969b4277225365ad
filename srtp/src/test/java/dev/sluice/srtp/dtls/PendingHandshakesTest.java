package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What handshakes under way keep, in sum. */
class PendingHandshakesTest {
  private static final int LIMIT = 200_000;

  private final Queue<Integer> woken = new ArrayDeque<>();
  private final List<Exchange> exchanges = new ArrayList<>();

  private DtlsServer server(long limit) {
    return new DtlsServer(
        Fixture.SERVER,
        Fixture.PROFILES,
        Fixture.TIMEOUT,
        Runnable::run,
        null,
        TestClient.random(3),
        limit);
  }

  /** Begins a handshake whose client falls silent after its hello. */
  private Exchange begin(DtlsServer server) {
    int index = exchanges.size();
    DtlsSession session = server.newSession(0, Fixture.FINGERPRINTS, () -> woken.add(index));
    TestClient client = new TestClient(Fixture.offer(), index, DtlsServer.MAX_DATAGRAM);
    Exchange exchange = new Exchange(session, client, 0, index);
    exchanges.add(exchange);
    client.start();
    byte[] hello = client.poll();
    session.handle(0, hello, 0, hello.length);
    return exchange;
  }

  @Test
  void shouldGiveUpTheOldestForNewerOnes() {
    DtlsServer server = server(LIMIT);
    for (int i = 0; i < 100; i++) {
      begin(server);
      assertThat(server.pending().sum()).isLessThanOrEqualTo(LIMIT);
    }
    long evicted = server.evictedHandshakes();
    assertThat(evicted).isBetween(50L, 99L);

    assertThat(woken).containsAll(List.of(0, 1, 2));
    exchanges.forEach(exchange -> exchange.session.handleTimeout(0));
    for (int i = 0; i < 100; i++) {
      DtlsSession session = exchanges.get(i).session;
      assertThat(session.status())
          .isEqualTo(i < evicted ? DtlsStatus.FAILED : DtlsStatus.HANDSHAKING);
    }
    assertThat(exchanges.get(0).session.failure().reason()).isEqualTo(DtlsFailure.Reason.OVERLOAD);
    exchanges.get(99).settle(1_000 * Exchange.MILLIS);
    assertThat(exchanges.get(99).session.status()).isEqualTo(DtlsStatus.CONNECTED);
  }

  @Test
  void shouldForgetHandshakesThatAreOver() {
    DtlsServer server = server(LIMIT);
    begin(server).settle(1_000 * Exchange.MILLIS);
    begin(server).session.close(0);
    begin(server).session.handleTimeout(Fixture.TIMEOUT);
    assertThat(exchanges.get(0).session.status()).isEqualTo(DtlsStatus.CONNECTED);

    assertThat(server.pending().sum()).isZero();
    assertThat(server.evictedHandshakes()).isZero();
  }

  @Test
  void shouldKeepLittleForFragmentsThatClaimMuch() {
    DtlsServer server = server(Long.MAX_VALUE);
    DtlsSession session = server.newSession(0, Fixture.FINGERPRINTS, () -> {});
    for (int seq = 0; seq < 4; seq++) {
      byte[] record = DtlsRecord.plaintext(DtlsRecord.HANDSHAKE, seq, 13);
      HandshakeHeader.write(record, DtlsRecord.HEADER_LENGTH, seq == 0 ? 1 : 11, seq, 8192);
      BigEndian.uint24(record, DtlsRecord.HEADER_LENGTH + 9, 1);
      session.handle(0, record, 0, record.length);
    }

    assertThat(session.droppedRecords()).as("all after the hello").isEqualTo(3);
    assertThat(server.pending().sum()).isLessThan(16_384);
  }

  @Test
  void shouldNotCountWhatHasNotBegun() {
    DtlsServer server = server(LIMIT);
    server.newSession(0, Fixture.FINGERPRINTS, () -> {}).handle(0, new byte[100], 0, 100);

    assertThat(server.pending().sum()).isZero();
  }
}
