package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Peers that offer several encodings of one picture (RFC 8853). */
class SimulcastTest extends IngestHarness {

  @Override
  String offered(String offer) {
    return offer.replaceFirst(
        "a=sendonly\n", "a=sendonly\na=rid:h send\na=rid:l send\na=simulcast:send h;l\n");
  }

  @Test
  void shouldTakeTheEncodingThatThePeerPrefersAndSaySo() {
    assertThat(ingest.answer())
        .contains("a=rid:h recv\r\n", "a=simulcast:recv h\r\n")
        .doesNotContain("a=rid:l");
  }

  @Test
  void shouldDropAnotherEncodingThatIsSentNevertheless() throws Exception {
    connect();
    for (int i = 0; i < 10; i++) {
      send(peer.packet(PublishingPeer.VIDEO, 5, i, "0", i < 5 ? "l" : "", (byte) 1));
      send(peer.packet(PublishingPeer.VIDEO, 6, 100 + i, "0", i < 5 ? "h" : "", (byte) 2));
    }
    assertThat(sink().sequenceNumbers(0)).hasSize(10).allMatch(number -> number >= 100);
  }
}
