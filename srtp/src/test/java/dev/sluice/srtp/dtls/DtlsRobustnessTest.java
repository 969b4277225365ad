package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that comes from the network does harm. */
class DtlsRobustnessTest {
  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];

  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    if (bytes.length >= DtlsRecord.HEADER_LENGTH && random.nextBoolean()) {
      // a record by its header, though not one that plain alerts or fragments are taken from
      DtlsRecord.writeHeader(bytes, 20 + random.nextInt(6), random.nextInt(3), random.nextInt(9));
      if (DtlsRecord.epoch(bytes, 0) == 0 && DtlsRecord.type(bytes, 0) != DtlsRecord.ALERT) {
        bytes[DtlsRecord.TYPE_OFFSET] = DtlsRecord.CHANGE_CIPHER_SPEC;
      }
    }
    return bytes;
  }

  private static void pour(DtlsSession session, long now, Random random) {
    for (int i = 0; i < 3; i++) {
      byte[] garbage = garbage(random);
      session.handle(now, garbage, 0, garbage.length);
    }
  }

  @Test
  void shouldConnectAmidGarbage() {
    DtlsServer server = Fixture.server();
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      Exchange exchange = Fixture.exchange(server, Fixture.offer(), seed);
      pour(exchange.session, exchange.now, random);
      assertThat(exchange.session.status()).isEqualTo(DtlsStatus.NEW);
      exchange.client.start();
      for (int i = 0; i < 10; i++) {
        for (byte[] datagram; (datagram = exchange.client.poll()) != null; ) {
          exchange.session.handle(exchange.now, datagram, 0, datagram.length);
        }
        pour(exchange.session, exchange.now, random);
        exchange.session.handleTimeout(exchange.now);
        for (int length; (length = exchange.session.pollTransmit(out)) > 0; ) {
          exchange.client.receive(Arrays.copyOf(out, length));
        }
      }

      assertThat(exchange.session.failure()).as("seed %d", seed).isNull();
      assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CONNECTED);
      assertThat(exchange.client.isConnected()).isTrue();
      assertThat(exchange.session.droppedRecords()).isPositive();
    }
  }

  @Test
  void shouldWaitForAGenuineFinishedAmongForgedOnes() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    TestClient client = exchange.client;
    client.start();
    deliver(exchange);
    exchange.session.handleTimeout(exchange.now);
    int length = exchange.session.pollTransmit(out);
    client.receive(Arrays.copyOf(out, length));

    List<byte[]> flight = new ArrayList<>();
    for (byte[] datagram; (datagram = client.poll()) != null; ) {
      flight.add(datagram);
    }
    byte[] finished = flight.remove(flight.size() - 1);
    for (byte[] datagram : flight) {
      exchange.session.handle(exchange.now, datagram, 0, datagram.length);
    }
    for (int i = 0; i < 5; i++) {
      byte[] forged = finished.clone();
      forged[forged.length - 1] ^= (byte) (i + 1);
      exchange.session.handle(exchange.now, forged, 0, forged.length);
      exchange.session.handleTimeout(exchange.now);
      assertThat(exchange.session.status()).isEqualTo(DtlsStatus.HANDSHAKING);
    }
    exchange.session.handle(exchange.now, finished, 0, finished.length);
    exchange.session.handleTimeout(exchange.now);

    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CONNECTED);
  }

  @Test
  void shouldNotSpendComputationsOnForgedFinishedForever() {
    int[] tasks = {0};
    DtlsServer server =
        Fixture.server(
            Fixture.PROFILES,
            task -> {
              tasks[0]++;
              task.run();
            });
    Exchange exchange = Fixture.exchange(server, Fixture.offer(), 1);
    TestClient client = exchange.client;
    client.start();
    deliver(exchange);
    exchange.session.handleTimeout(exchange.now);
    int length = exchange.session.pollTransmit(out);
    client.receive(Arrays.copyOf(out, length));
    for (byte[] datagram; (datagram = client.poll()) != null; ) {
      if (DtlsRecord.epoch(datagram, 0) == 0) {
        exchange.session.handle(exchange.now, datagram, 0, datagram.length);
      }
    }

    byte[] forged = new byte[61];
    DtlsRecord.writeHeader(forged, DtlsRecord.HANDSHAKE, 1, 0);
    for (int i = 0; i < 1000; i++) {
      exchange.session.handle(exchange.now, forged, 0, forged.length);
      exchange.session.handleTimeout(exchange.now);
    }
    assertThat(tasks[0]).as("one for each flight").isEqualTo(2);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.HANDSHAKING);

    client.resend();
    deliver(exchange);
    exchange.session.handleTimeout(exchange.now);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.CONNECTED);
    assertThat(tasks[0]).isEqualTo(3);
  }

  private static void deliver(Exchange exchange) {
    for (byte[] datagram; (datagram = exchange.client.poll()) != null; ) {
      exchange.session.handle(exchange.now, datagram, 0, datagram.length);
    }
  }

  @Test
  void shouldNotThrowWhateverBecomesOfAHandshakesDatagrams() {
    DtlsServer server = Fixture.server();
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Exchange exchange = Fixture.exchange(server, Fixture.offer(), seed);
      exchange.client.start();
      for (int i = 0; i < 4; i++) {
        for (byte[] datagram; (datagram = exchange.client.poll()) != null; ) {
          byte[] changed = random.nextInt(4) == 0 ? change(datagram, random) : datagram;
          exchange.session.handle(exchange.now, changed, 0, changed.length);
        }
        exchange.session.handleTimeout(exchange.now);
        for (int length; (length = exchange.session.pollTransmit(out)) > 0; ) {
          exchange.client.receive(Arrays.copyOf(out, length));
        }
      }
      boolean connected = exchange.session.status() == DtlsStatus.CONNECTED;
      assertThat(connected || !exchange.client.isConnected()).as("seed %d", seed).isTrue();
      exchange.session.close(exchange.now);
    }
  }

  private static byte[] change(byte[] datagram, Random random) {
    byte[] changed = Arrays.copyOf(datagram, datagram.length);
    switch (random.nextInt(3)) {
      case 0:
        return Arrays.copyOf(changed, random.nextInt(changed.length));
      case 1:
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
      default:
        int from = Math.min(changed.length, 25);
        for (int i = from; i < changed.length; i++) {
          if (random.nextInt(20) == 0) {
            changed[i] = (byte) random.nextInt();
          }
        }
        return changed;
    }
  }

  @Test
  void shouldReadInsideOfTheDatagramOnly() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    byte[] hello = exchange.client.poll();
    byte[] surrounded = new byte[hello.length + 200];
    Arrays.fill(surrounded, (byte) DtlsRecord.HANDSHAKE);
    System.arraycopy(hello, 0, surrounded, 100, hello.length);

    exchange.session.handle(exchange.now, surrounded, 100, hello.length - 1);
    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.NEW);
    exchange.session.handle(exchange.now, surrounded, 100, hello.length);

    assertThat(exchange.session.status()).isEqualTo(DtlsStatus.HANDSHAKING);
    assertThat(exchange.session.droppedRecords()).isOne();
  }
}
