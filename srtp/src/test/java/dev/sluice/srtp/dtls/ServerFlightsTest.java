package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerFlightsTest {
  private static final byte[] BODY = new byte[20];

  private final ServerFlights flights = new ServerFlights();

  private boolean add(int type, int seq) {
    return add(type, seq, BODY.length);
  }

  private boolean add(int type, int seq, int length) {
    byte[] fragment = new byte[HandshakeHeader.HEADER_LENGTH + BODY.length];
    HandshakeHeader.write(fragment, 0, type, seq, BODY.length);
    BigEndian.uint24(fragment, HandshakeHeader.LENGTH_OFFSET, length);
    return flights.addPlaintext(fragment, 0, fragment.length);
  }

  private void sendHello() {
    flights.begin();
    flights.records();
    flights.answered();
  }

  private void addFlight(int firstSeq) {
    add(HandshakeHeader.SERVER_HELLO, firstSeq);
    add(HandshakeHeader.CERTIFICATE, firstSeq + 1);
    add(HandshakeHeader.SERVER_HELLO_DONE, firstSeq + 2);
  }

  @Test
  void shouldExpectNothingBeforeOurHello() {
    assertThat(flights.isFlightWhole()).isFalse();
    assertThat(add(HandshakeHeader.SERVER_HELLO, 0)).isFalse();
    flights.begin();
    assertThat(flights.isFlightWhole()).as("our turn").isTrue();
    assertThat(flights.records()).isEmpty();
    assertThat(add(HandshakeHeader.SERVER_HELLO, 0)).isFalse();
  }

  @Test
  void shouldBeWholeWithTheLastMessageOfAFlight() {
    sendHello();
    add(HandshakeHeader.SERVER_HELLO_DONE, 2);
    add(HandshakeHeader.SERVER_HELLO, 0);
    assertThat(flights.isFlightWhole()).isFalse();
    add(HandshakeHeader.CERTIFICATE, 1);
    assertThat(flights.isFlightWhole()).isTrue();
    assertThat(flights.records()).hasSize(3);
    assertThat(flights.isLast()).isFalse();

    flights.answered();
    assertThat(flights.isLast()).isTrue();
    assertThat(flights.isFlightWhole()).isFalse();
    assertThat(flights.addProtected(new byte[61], 0, 61)).isTrue();
    assertThat(flights.isFlightWhole()).isTrue();
    assertThat(flights.records()).hasSize(5);
  }

  @Test
  void shouldAnswerACookieFirst() {
    sendHello();
    add(HandshakeHeader.HELLO_VERIFY_REQUEST, 0);
    assertThat(flights.isFlightWhole()).isTrue();
    assertThat(flights.records()).hasSize(1);
    flights.answered();
    assertThat(flights.isFlightWhole()).isFalse();
    addFlight(1);
    assertThat(flights.isFlightWhole()).isTrue();
    assertThat(flights.records()).hasSize(4);
  }

  @Test
  void shouldTellWhenAnAnsweredFlightComesAgain() {
    sendHello();
    addFlight(0);
    assertThat(flights.takeRepeated()).isFalse();
    flights.records();
    flights.answered();
    add(HandshakeHeader.SERVER_HELLO, 0);
    add(HandshakeHeader.CERTIFICATE, 1);
    assertThat(flights.takeRepeated()).isFalse();
    add(HandshakeHeader.SERVER_HELLO_DONE, 2);
    assertThat(flights.takeRepeated()).isTrue();
    assertThat(flights.takeRepeated()).isFalse();
  }

  @Test
  void shouldTakeNothingMoreOnceTheFlightIsAnswered() {
    sendHello();
    addFlight(0);
    flights.records();
    flights.answered();
    assertThat(add(HandshakeHeader.SERVER_HELLO, 3)).isFalse();
  }

  @Test
  void shouldRefuseWhatNoServerSends() {
    sendHello();
    assertThat(add(HandshakeHeader.CLIENT_HELLO, 0)).isFalse();
    assertThat(add(HandshakeHeader.HELLO_VERIFY_REQUEST, 1)).isFalse();
    assertThat(add(HandshakeHeader.SERVER_HELLO, 7)).isFalse();
    assertThat(add(HandshakeHeader.CERTIFICATE, 1, Flights.MAX_MESSAGE_LENGTH + 1)).isFalse();
    assertThat(add(HandshakeHeader.CERTIFICATE, 1, Flights.MAX_MESSAGE_LENGTH)).isTrue();
    assertThat(flights.addProtected(new byte[61], 0, 61)).as("before the keys").isFalse();
  }

  @Test
  void shouldBearAnyBytes() {
    Random random = new Random(7);
    sendHello();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > HandshakeHeader.FRAGMENT_LENGTH_OFFSET) {
        bytes[0] = (byte) random.nextInt(16);
        bytes[4] = 0;
        bytes[5] = (byte) random.nextInt(8);
      }
      flights.addPlaintext(bytes, 0, bytes.length);
      flights.addProtected(bytes, 0, bytes.length);
    }
    assertThat(flights.memory()).isLessThan(100_000);
  }
}
