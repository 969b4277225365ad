package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientFlightsTest {
  private static final int FRAGMENT = HandshakeHeader.HEADER_LENGTH;

  /** Makes a fragment as it is in a record. */
  private static byte[] fragment(int type, int seq, byte[] body, int offset, int length) {
    byte[] fragment = new byte[FRAGMENT + length];
    HandshakeHeader.write(fragment, 0, type, seq, body.length);
    BigEndian.uint24(fragment, HandshakeHeader.FRAGMENT_OFFSET_OFFSET, offset);
    BigEndian.uint24(fragment, HandshakeHeader.FRAGMENT_LENGTH_OFFSET, length);
    System.arraycopy(body, offset, fragment, FRAGMENT, length);
    return fragment;
  }

  private static byte[] hello(int length) {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    return body;
  }

  private static boolean add(ClientFlights flights, byte[] fragment) {
    return flights.addPlaintext(fragment, 0, fragment.length);
  }

  @Test
  void shouldReassembleFragmentsOfAnySizeOrderAndOverlap() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] body = hello(1 + random.nextInt(3000));
      List<byte[]> fragments = new ArrayList<>();
      for (int at = 0; at < body.length; ) {
        int length = 1 + random.nextInt(body.length - at);
        int back = random.nextInt(at + 1) / (1 + random.nextInt(4));
        fragments.add(fragment(1, 0, body, at - back, length + back));
        at += length;
      }
      fragments.addAll(fragments.subList(0, random.nextInt(fragments.size())));
      Collections.shuffle(fragments, random);

      ClientFlights flights = new ClientFlights();
      fragments.forEach(fragment -> assertThat(add(flights, fragment)).isTrue());

      assertThat(flights.isFlightWhole()).isTrue();
      byte[] record = flights.records().get(0);
      assertThat(DtlsRecord.length(record, 0, record.length)).isEqualTo(record.length);
      assertThat(Arrays.copyOfRange(record, DtlsRecord.HEADER_LENGTH + FRAGMENT, record.length))
          .isEqualTo(body);
    }
  }

  @Test
  void shouldNotBeCompleteWithAByteMissing() {
    byte[] body = hello(1400);
    for (int missing = 0; missing < body.length; missing += 7) {
      ClientFlights flights = new ClientFlights();
      add(flights, fragment(1, 0, body, 0, missing));
      add(flights, fragment(1, 0, body, missing + 1, body.length - missing - 1));

      assertThat(flights.isStarted()).isTrue();
      assertThat(flights.isFlightWhole()).isFalse();
    }
  }

  @Test
  void shouldTellWhenTheHelloIsRepeatedAsAWhole() {
    ClientFlights flights = new ClientFlights();
    byte[] body = hello(100);
    add(flights, fragment(1, 0, body, 0, 100));
    assertThat(flights.isFlightWhole()).isTrue();
    assertThat(flights.takeRepeated()).isFalse();

    add(flights, fragment(1, 0, body, 0, 60));
    assertThat(flights.takeRepeated()).isFalse();
    add(flights, fragment(1, 0, body, 60, 40));
    assertThat(flights.takeRepeated()).isTrue();
    assertThat(flights.takeRepeated()).isFalse();
  }

  @Test
  void shouldNotLetARepetitionChangeTheMessage() {
    ClientFlights flights = new ClientFlights();
    byte[] body = hello(100);
    add(flights, fragment(1, 0, body, 0, 100));
    List<byte[]> before = flights.records();

    add(flights, fragment(1, 0, new byte[100], 0, 100));

    assertThat(flights.records().get(0)).isEqualTo(before.get(0));
  }

  @Test
  void shouldKeepNoMoreThanHasCome() {
    ClientFlights flights = new ClientFlights();
    flights.answered();
    int received = 0;
    for (int seq = 0; seq < 2; seq++) {
      byte[] claim = fragment(seq == 0 ? 1 : 11, seq, new byte[8192], 8191, 1);
      assertThat(add(flights, claim)).isTrue();
      received += claim.length;
    }

    assertThat(flights.memory()).isLessThan(20 * received);
  }

  @Test
  void shouldKeepFewPiecesOfAMessage() {
    ClientFlights flights = new ClientFlights();
    byte[] body = hello(8192);
    for (int at = 0; at < 8192; at += 2) {
      add(flights, fragment(1, 0, body, at, 1));
    }
    assertThat(flights.memory()).isLessThan(4096);

    add(flights, fragment(1, 0, body, 0, 4096));
    add(flights, fragment(1, 0, body, 4096, 4096));
    assertThat(flights.isFlightWhole()).as("filled in nonetheless").isTrue();
  }

  @Test
  void shouldTakeLaterMessagesOnlyAfterOurFlightAndOfTheirKind() {
    ClientFlights flights = new ClientFlights();
    byte[] body = hello(20);
    add(flights, fragment(1, 0, body, 0, 20));
    assertThat(add(flights, fragment(11, 1, body, 0, 20))).isFalse();

    flights.answered();
    assertThat(add(flights, fragment(16, 1, body, 0, 20))).as("of another kind").isFalse();
    assertThat(add(flights, fragment(11, 1, body, 0, 20))).isTrue();
    byte[] other = fragment(11, 1, hello(21), 0, 20);
    assertThat(add(flights, other)).as("of another length").isFalse();
    assertThat(add(flights, fragment(16, 2, hello(257), 0, 1))).as("too long").isFalse();
    assertThat(add(flights, fragment(15, 3, hello(1025), 0, 1))).as("too long").isFalse();
  }

  @Test
  void shouldNotReserveWhatALengthFieldAsksFor() {
    ClientFlights flights = new ClientFlights();
    byte[] fragment = fragment(1, 0, hello(20), 0, 20);
    BigEndian.uint24(fragment, HandshakeHeader.LENGTH_OFFSET, 0xFFFFFF);

    assertThat(add(flights, fragment)).isFalse();
    assertThat(flights.isStarted()).isFalse();
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    byte[] body = hello(20);
    byte[] tooShort = Arrays.copyOf(fragment(1, 0, body, 0, 20), FRAGMENT + 19);
    byte[] beyond = fragment(1, 0, body, 10, 10);
    BigEndian.uint24(beyond, HandshakeHeader.FRAGMENT_OFFSET_OFFSET, 11);

    ClientFlights flights = new ClientFlights();
    assertThat(add(flights, tooShort)).isFalse();
    assertThat(add(flights, beyond)).isFalse();
    assertThat(add(flights, new byte[FRAGMENT - 1])).isFalse();
    assertThat(add(flights, fragment(11, 0, body, 0, 20))).as("not a ClientHello").isFalse();
    assertThat(add(flights, fragment(11, 1, body, 0, 20))).as("before our flight").isFalse();
    assertThat(flights.isStarted()).isFalse();

    add(flights, fragment(1, 0, body, 0, 20));
    assertThat(add(flights, fragment(1, 1, body, 0, 20))).as("a second ClientHello").isFalse();
    assertThat(add(flights, fragment(16, 4, body, 0, 20))).as("beyond the flight").isFalse();
  }

  @Test
  void shouldKeepFewAndShortProtectedRecords() {
    ClientFlights flights = new ClientFlights();
    assertThat(flights.addProtected(new byte[61], 0, 61)).as("before our flight").isFalse();
    flights.answered();
    assertThat(flights.addProtected(new byte[257], 0, 257)).isFalse();
    for (int i = 0; i < 4; i++) {
      assertThat(flights.addProtected(new byte[61], 0, 61)).isTrue();
    }
    assertThat(flights.addProtected(new byte[61], 0, 61)).isFalse();
  }

  @Test
  void shouldSurviveAnyBytes() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      ClientFlights flights = new ClientFlights();
      for (int i = 0; i < 100; i++) {
        byte[] body = hello(1 + random.nextInt(200));
        byte[] bytes = fragment(1, random.nextInt(5), body, 0, body.length);
        for (int flips = random.nextInt(6); flips > 0; flips--) {
          bytes[random.nextInt(Math.min(bytes.length, 16))] = (byte) random.nextInt();
        }
        int from = random.nextInt(3);
        flights.addPlaintext(bytes, from, from + random.nextInt(bytes.length - from + 1));
        flights.addProtected(bytes, 0, random.nextInt(bytes.length));
        flights.isFlightWhole();
      }
      assertThat(flights.records()).hasSizeLessThanOrEqualTo(9);
    }
  }
}
