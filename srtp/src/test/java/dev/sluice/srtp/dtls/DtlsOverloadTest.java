package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** More handshakes than can be computed, in virtual time. */
class DtlsOverloadTest {
  private static final int CLIENTS = 40;

  /** what some ten handshakes keep */
  private static final int LIMIT = 120_000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final DtlsServer server =
      new DtlsServer(
          Fixture.SERVER,
          Fixture.PROFILES,
          Fixture.TIMEOUT,
          tasks::add,
          null,
          TestClient.random(3),
          LIMIT);

  /** Every 10 ms two clients come, and there is time for one handshake: two computations. */
  private void overload() {
    for (int turn = 0; turn < CLIENTS / 2; turn++) {
      long now = turn * 10 * Exchange.MILLIS;
      begin(now);
      begin(now);
      compute();
      settle(now);
      compute();
    }
  }

  private void begin(long now) {
    int seed = exchanges.size();
    DtlsSession session = server.newSession(now, Fixture.FINGERPRINTS, () -> {});
    TestClient client = new TestClient(Fixture.offer(), seed, DtlsServer.MAX_DATAGRAM);
    exchanges.add(new Exchange(session, client, now, seed));
    client.start();
    byte[] hello = client.poll();
    session.handle(now, hello, 0, hello.length);
  }

  private void compute() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
  }

  private void settle(long now) {
    for (Exchange exchange : exchanges) {
      exchange.now = now;
      exchange.session.handleTimeout(now);
      exchange.settle(now + 9 * Exchange.MILLIS);
    }
  }

  private long connected() {
    return exchanges.stream().filter(e -> e.session.status() == DtlsStatus.CONNECTED).count();
  }

  @Test
  void shouldCompleteWhatThereIsTimeFor() {
    overload();
    settle(CLIENTS / 2 * 10 * Exchange.MILLIS);

    assertThat(server.evictedHandshakes()).isPositive();
    assertThat(connected()).isGreaterThan(CLIENTS / 3);
  }
}
