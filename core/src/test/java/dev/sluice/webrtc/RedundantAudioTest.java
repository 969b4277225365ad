package dev.sluice.webrtc;

import static dev.sluice.webrtc.PublishingPeer.AUDIO;
import static dev.sluice.webrtc.PublishingPeer.RED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Peers that send audio with redundancy (RFC 2198). */
class RedundantAudioTest extends IngestHarness {
  private static final int OPUS = AUDIO;

  @Test
  void shouldAcceptRedundancyInTheOrderThatThePeerWants() {
    assertThat(ingest.answer())
        .contains("SAVPF 63 111\r\n", "a=rtpmap:63 red/48000/2\r\n", "a=fmtp:63 111/111\r\n");
  }

  @Test
  void shouldMendALossWithTheNextPacket() throws Exception {
    connect();
    audio(10);
    audio(12);
    audio(13);
    assertThat(sink().sequenceNumbers(1)).containsExactly(10, 11, 12, 13);
    assertThat(sink().packets.get(1).payload()).containsExactly(11, 11);
    assertThat(sink().lostBefore(1)).containsOnly(0);
    assertThat(ingest.statistics().packetsRepaired()).isEqualTo(1);
    assertThat(ingest.statistics().packetsReceived()).isEqualTo(3);
  }

  @Test
  void shouldTakePacketsWithAndWithoutRedundancy() throws Exception {
    connect();
    send(peer.packet(AUDIO, 2, 10, (byte) 10));
    audio(12);
    send(peer.packet(AUDIO, 2, 13, (byte) 13));
    assertThat(sink().sequenceNumbers(1)).containsExactly(10, 11, 12, 13);
  }

  @Test
  void shouldDropWhatIsMalformedOrOfAnotherFormat() throws Exception {
    connect();
    send(peer.packet(RED, 2, 10));
    send(peer.packet(RED, 2, 11, (byte) 0xEF, (byte) 1));
    send(peer.packet(RED, 2, 12, (byte) 96, (byte) 1));
    assertThat(sink().sequenceNumbers(1)).isEmpty();
    assertThat(ingest.statistics().dropped()).isEqualTo(3);
  }

  /** a packet with two bytes of its own, and two of the one before 960 ticks earlier */
  private void audio(int sequenceNumber) {
    int header = (0x80 | OPUS) << 24 | 960 << 10 | 2;
    byte own = (byte) sequenceNumber;
    byte before = (byte) (sequenceNumber - 1);
    send(
        peer.packet(
            RED,
            2,
            sequenceNumber,
            (byte) (header >> 24),
            (byte) (header >> 16),
            (byte) (header >> 8),
            (byte) header,
            (byte) OPUS,
            before,
            before,
            own,
            own));
  }
}
