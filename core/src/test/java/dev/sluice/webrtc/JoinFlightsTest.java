package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.fanout.StartRule;
import dev.sluice.ice.Stun;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.stream.Track;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a viewer that has its answer waits for until it sees media, in round trips. The clock stands
 * still: what the relay left to a timer would not come at all.
 */
class JoinFlightsTest extends PeerHarness {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int DTLS_HANDSHAKE = 22;
  private static final int FIRST_RTP_BYTE = 128;

  @BeforeEach
  void holdAKeyframe() {
    Track track = new Track("video", Codec.H264, 0);
    PacketLog log = new PacketLog(new SegmentPool(0), new LogLimits(4_096, 4_096, 0, true));
    track.source(log, null);
    long keyframe = log.position();
    log.open(100);
    log.commit(100, 0, true);
    log.keyframe(keyframe);
    log.publish();
    media.add(track, PARAMETERS, null, null, new StartRule(true, SECOND));
  }

  @Test
  void shouldSendMediaAfterThreeRoundTrips() throws Exception {
    check(PEER, true);
    List<byte[]> first = answers();
    assertThat(first).as("the check's answer").hasSize(1);
    assertThat(Stun.isStun(first.get(0)[0])).isTrue();

    dtls.start();
    inject(dtls.next(), PEER);
    assertThat(hears()).as("our flight").containsOnly(DTLS_HANDSHAKE);

    assertThat(answersToSecondFlight())
        .as("Finished, and media right behind it")
        .startsWith(CHANGE_CIPHER_SPEC)
        .endsWith(FIRST_RTP_BYTE);
  }

  @Test
  void shouldSendMediaAfterTwoWhenAHelloComesWithTheFirstCheck() throws Exception {
    dtls.start();
    check(PEER, true);
    inject(dtls.next(), PEER);
    List<byte[]> first = answers();
    assertThat(Stun.isStun(first.get(0)[0])).as("the check's answer").isTrue();
    assertThat(first.get(1)[0]).as("our flight").isEqualTo((byte) DTLS_HANDSHAKE);
    first.subList(1, first.size()).forEach(dtls::receive);

    assertThat(answersToSecondFlight()).startsWith(CHANGE_CIPHER_SPEC).endsWith(FIRST_RTP_BYTE);
  }

  /** the first byte of each datagram that comes upon the client's second flight */
  private List<Integer> answersToSecondFlight() throws InterruptedException {
    for (int datagrams = 0; datagrams < 10; datagrams++) {
      inject(dtls.next(), PEER);
      List<Integer> answers = hears();
      if (!answers.isEmpty()) {
        return answers;
      }
    }
    throw new AssertionError("no answer to the client's second flight");
  }

  /** hands all that was sent to the client; returns each one's first byte */
  private List<Integer> hears() {
    List<byte[]> datagrams = answers();
    datagrams.forEach(dtls::receive);
    return datagrams.stream().map(datagram -> datagram[0] & 0xFF).toList();
  }

  private List<byte[]> answers() {
    return received().stream().map(PeerHarness::bytes).toList();
  }
}
