package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.fanout.StartRule;
import dev.sluice.stream.Track;
import io.netty.channel.socket.DatagramPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a session sends to: only to addresses that have shown that the peer is there. */
class PathProofTest extends PeerHarness {

  @Test
  void shouldFollowTheNominationOfAnotherPathThatAnswersACheck() throws Exception {
    check(PEER, false);
    handshake();
    check(OTHER, true);
    answerChecks(OTHER);
    pass(2 * SECOND);
    assertThat(received()).isNotEmpty().extracting(DatagramPacket::recipient).containsOnly(OTHER);
  }

  @Test
  void shouldSendNothingButChecksToAnAddressThatDoesNotAnswer() throws Exception {
    check(PEER, true);
    handshake();
    byte[] recorded = check(PEER, true);
    received();
    int bytes = 0;
    for (int second = 0; second < 30; second++) {
      inject(recorded, OTHER);
      check(PEER, true);
      pass(SECOND);
      for (DatagramPacket packet : received()) {
        if (packet.recipient().equals(OTHER)) {
          assertThat(packet.content().getByte(0)).as("STUN").isLessThan((byte) 2);
          bytes += packet.content().readableBytes();
        }
      }
    }
    assertThat(bytes).isLessThan(30 * 5 * 128);
  }

  @Test
  void shouldFollowANatThatChangesThePeersPort() throws Exception {
    check(PEER, true);
    handshake();
    pass(2 * SECOND);
    check(OTHER, false);
    for (int i = 0; i < 30; i++) {
      pass(STEP);
      answerChecks(OTHER);
    }
    assertThat(received()).isEmpty();
    pass(SECOND);
    assertThat(received()).isNotEmpty().extracting(DatagramPacket::recipient).containsOnly(OTHER);
  }

  @Test
  void shouldNotFloodAnAddressThatOnlySeemsToShakeHands() throws Exception {
    byte[] check = check(PEER, true);
    dtls.start();
    byte[] hello = dtls.next();
    inject(hello, PEER);
    pass(CONNECT_TIMEOUT - SECOND);
    int sent = received().stream().mapToInt(packet -> bytes(packet).length).sum();
  }

  @Test
  void shouldRepeatItsPartOfTheHandshakeToAnAddressThatAnswersACheck() throws Exception {
    check(PEER, false);
    received();
    dtls.start();
    inject(dtls.next(), PEER);
    List<DatagramPacket> flight = received();
    for (int i = 0; i < 5; i++) {
      pass(STEP);
      answerChecks(PEER);
    }
    pass(SECOND);
    assertThat(received())
        .filteredOn(packet -> packet.content().getByte(0) >= 20)
        .hasSizeGreaterThanOrEqualTo(flight.size());
  }

  @Test
  void shouldNotTakeTheProofOfOneAddressForThatOfAnother() throws Exception {
    check(PEER, true);
    dtls.start();
    byte[] hello = dtls.next();
    inject(hello, PEER);
    for (int i = 0; i < 5; i++) {
      pass(STEP);
      answerChecks(PEER);
    }
    byte[] check = check(OTHER, true);
    received();
    pass(CONNECT_TIMEOUT - SECOND);
    int sent = received().stream().mapToInt(packet -> bytes(packet).length).sum();
  }

  @Test
  void shouldSendToWhereItsPartOfTheHandshakeWent() throws Exception {
    check(PEER, false);
    check(OTHER, false);
    media.add(
        new Track("video", Codec.H264, 0), PARAMETERS, null, null, new StartRule(true, SECOND));
    received();
    dtls.start();
    inject(dtls.next(), PEER);
    received().forEach(answer -> dtls.receive(bytes(answer)));
    shakeHandsFrom(OTHER);
    received();
    pass(2 * SECOND);
    assertThat(received()).isNotEmpty().extracting(DatagramPacket::recipient).containsOnly(PEER);
  }

  @Test
  void shouldWaitForAProofWhereItsPartOfTheHandshakeWentTwoWays() throws Exception {
    check(PEER, false);
    check(OTHER, false);
    dtls.start();
    byte[] hello = dtls.next();
    inject(hello, PEER);
    received();
    inject(hello, OTHER);
    pass(2 * SECOND);
    received().forEach(answer -> dtls.receive(bytes(answer)));
    shakeHandsFrom(OTHER);
    assertThat(events.happened).isEmpty();

    pass(SECOND);
    answerChecks(PEER);
    assertThat(events.happened).containsExactly("connected");
  }
}
