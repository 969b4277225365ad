package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.rate.UnlimitedLink;
import dev.sluice.stream.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetransmitterTest extends TrackSenderSetup {

  @Test
  void shouldSendALostPacketAgainTheSameToTheBit() {
    TrackSender sender = sender(WITH_MID, true);
    frame(3, true);
    sender.attach(log, now);
    List<Sent> sent = send(sender);
    sender.acknowledged();
    resend(sender, sent.get(1).sequence());
    List<Sent> again = received();
    assertThat(again).hasSize(1);
    assertThat(again.get(0).bytes()).isEqualTo(sent.get(1).bytes());
    assertThat(transport.indexes.get(3)).isEqualTo(transport.indexes.get(1));
    assertThat(sender.retransmitter().resent()).isEqualTo(1);
  }

  @Test
  void shouldSendALostPacketAgainOnTheRtxStream() {
    TrackSender sender = sender(WITH_RTX, true);
    frame(3, true);
    sender.attach(log, now);
    Sent lost = send(sender).get(1);
    resend(sender, lost.sequence());
    resend(sender, lost.sequence());
    List<Sent> again = received();
    assertThat(again).extracting(Sent::ssrc).containsOnly(0xBEEF);
    assertThat(again).extracting(Sent::payloadType).containsOnly(97);
    assertThat(again.get(1).sequence() - again.get(0).sequence()).isEqualTo(1);
    assertThat(again.get(0).timestamp()).isEqualTo(lost.timestamp());
    byte[] original = lost.body();
    byte[] wrapped = again.get(0).body();
    assertThat(wrapped.length).isEqualTo(original.length + 2);
    assertThat((wrapped[0] & 0xFF) << 8 | wrapped[1] & 0xFF).isEqualTo(lost.sequence());
    assertThat(wrapped).endsWith(original);
  }

  @Test
  void shouldNumberEveryPacketTransportWideRepeatsIncluded() {
    transport.link = new ViewerLink(UnlimitedLink::new, true);
    TrackSender sender = sender(NUMBERED, true);
    frame(3, true);
    sender.attach(log, now);
    List<Sent> sent = new ArrayList<>(send(sender));
    sender.acknowledged();
    frame(1, false);
    sent.addAll(send(sender));
    resend(sender, sent.get(1).sequence());
    resend(sender, sent.get(1).sequence());
    sent.addAll(received());
    assertThat(sent).extracting(Sent::transportSequence).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(sent.stream().map(packet -> packet.ssrc() + "/" + packet.sequence()))
        .as("what the cipher's nonce is made of")
        .doesNotHaveDuplicates();
    assertThat(sent).extracting(packet -> packet.mid(4)).startsWith("v0", "v0", "v0", null);
  }

  @Test
  void shouldLimitRepeatsOfAPacket() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    int sequence = send(sender).get(0).sequence();
    for (int i = 0; i < 5; i++) {
      resend(sender, sequence);
    }
    assertThat(received()).hasSize(2);
    assertThat(sender.retransmitter().limited()).isEqualTo(3);
  }

  @Test
  void shouldLimitTheShareOfRetransmissions() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    send(sender);
    for (int i = 0; i < 2_000; i++) {
      frame(1, false);
      int sequence = send(sender).get(0).sequence();
      resend(sender, sequence);
      resend(sender, sequence);
      received();
    }
    assertThat(sender.retransmitter().resent()).isBetween(900L, 1_300L);
    assertThat(sender.retransmitter().limited()).isPositive();
  }

  @Test
  void shouldCountWhatIsAskedForTooLateOrWasNeverSent() {
    log = newLog(4_096);
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    int first = send(sender).get(0).sequence();
    for (int i = 0; i < 20; i++) {
      frame(1, i == 10);
      send(sender);
    }
    resend(sender, first);
    resend(sender, first - 1);
    resend(sender, first + 5_000);
    assertThat(received()).isEmpty();
    assertThat(sender.retransmitter().tooLate()).isEqualTo(3);
    assertThat(sender.retransmitter().requested()).isEqualTo(3);
  }

  @Test
  void shouldAnswerRandomNacksOnlyWithTheRightPacket() {
    Random random = new Random(3);
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    List<Sent> sent = new ArrayList<>(send(sender));
    for (int i = 0; i < 2_000; i++) {
      frame(1 + random.nextInt(5), random.nextInt(20) == 0);
      sent.addAll(send(sender));
      int wanted = random.nextInt(sent.size());
      resend(sender, sent.get(wanted).sequence());
      for (Sent again : received()) {
        int newest = sent.size() - 1;
        Sent original = sent.get(newest - (short) (sent.get(newest).sequence() - again.sequence()));
        assertThat(again.bytes()).isEqualTo(original.bytes());
      }
    }
    assertThat(sender.retransmitter().resent()).isPositive();
  }

  @Test
  void shouldSendAWholeLostKeyframeAgainInParts() {
    log = keepingLog();
    frameNow(1_500, true);
    TrackSender sender = sender(PLAIN, true);
    sender.attach(log, now);
    List<Sent> sent = send(sender);
    assertThat(sent).hasSize(1_500);
    int again = 0;
    for (Sent lost : sent.subList(0, 1_000)) {
      ask(sender, lost.sequence());
    }
    again += received().size();
    assertThat(again).isBetween(1, 60);
    for (int i = 0; i < 40; i++) {
      now += Burst.SPAN_NANOS;
      int next = step(sender).size();
      assertThat(next).isLessThan(60);
      again += next;
    }
    assertThat(again).isEqualTo(1_000);
    assertThat(sender.retransmitter().limited()).isZero();
  }

  @Test
  void shouldServeARefusedRequestWhenCreditReturns() {
    log = keepingLog();
    TrackSender sender = attached(SECOND);
    for (int i = 0; i < 60; i++) {
      frameNow(5, i == 0);
      step(sender);
    }
    int newest = (int) sender.sequenceOf(sender.position() - 1);
    int asked = 290;
    int again = 0;
    for (int repeat = 0; repeat < 2; repeat++) {
      for (int i = 0; i < asked; i++) {
        ask(sender, newest - i);
      }
      for (int i = 0; i < 10; i++) {
        now += Burst.SPAN_NANOS;
        again += repeats(step(sender), newest);
      }
    }
    assertThat(again).as("what was sent in the last seconds").isBetween(280, 330);
    int before = again;
    for (int i = 0; i < 15; i++) {
      frameNow(5, false);
      again += repeats(step(sender), newest);
    }
    assertThat(again - before).as("what was sent since, and a share of all").isBetween(20, 100);
  }

  @Test
  void shouldNotRepeatAPacketAgainWithinARoundTrip() {
    log = keepingLog();
    transport.roundTripNanos = 100 * MILLISECOND;
    frameNow(3, true);
    TrackSender sender = attached(SECOND);
    int lost = step(sender).get(1).sequence();
    for (int i = 0; i < 10; i++) {
      now += 9 * MILLISECOND;
      ask(sender, lost);
    }
    assertThat(received()).hasSize(1);
    now += 20 * MILLISECOND;
    ask(sender, lost);
    assertThat(received()).hasSize(1);
  }

  @Test
  void shouldNotRepeatWhatANewerKeyframeHasReplacedLongAgo() {
    log = keepingLog();
    frameNow(2, true);
    TrackSender sender = attached(SECOND);
    int lost = step(sender).get(1).sequence();
    now += SECOND;
    ask(sender, lost);
    assertThat(received()).as("nothing newer to begin at").hasSize(1);
    frameNow(2, true);
    int newer = step(sender).get(1).sequence();
    ask(sender, lost);
    ask(sender, newer);
    assertThat(received()).extracting(Sent::sequence).containsExactly(newer);
    assertThat(sender.retransmitter().tooLate()).isEqualTo(1);
  }

  @Test
  void shouldNotRepeatSoundThatIsLongOver() {
    Track sound = new Track("audio", Codec.OPUS, 0);
    TrackSender sender = sender(sound, PLAIN, true);
    sender.attach(log, now);
    frameNow(1, false);
    int lost = step(sender).get(0).sequence();
    now += SECOND / 2;
    ask(sender, lost);
    assertThat(received()).hasSize(1);
    now += SECOND / 2;
    ask(sender, lost);
    assertThat(received()).isEmpty();
  }

  private static int repeats(List<Sent> sent, int newest) {
    return (int) sent.stream().filter(p -> (short) (p.sequence() - newest) <= 0).count();
  }
}
