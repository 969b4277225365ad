package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.PlayoutDelay;
import dev.sluice.codec.Codec;
import dev.sluice.stream.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackSenderTest extends TrackSenderSetup {

  @Test
  void shouldStartAtTheNewestKeyframeThatIsHeld() {
    TrackSender sender = sender(PLAIN, true);
    frame(3, true);
    frame(2, false);
    frame(4, true);
    frame(1, false);
    sender.attach(log, now);
    List<Sent> sent = send(sender);
    assertThat(sent).extracting(Sent::payload).containsExactly(5, 6, 7, 8, 9);
    assertThat(transport.framesSent).isEqualTo(1);
  }

  @Test
  void shouldWaitForTheNextKeyframeWhenTold() {
    TrackSender sender = sender(PLAIN, false);
    frame(2, true);
    sender.attach(log, now);
    assertThat(send(sender)).isEmpty();
    assertThat(transport.keyframesNeeded).isEqualTo(1);
    frame(1, false);
    assertThat(send(sender)).isEmpty();
    frame(2, true);
    assertThat(send(sender)).extracting(Sent::payload).containsExactly(3, 4);
  }

  @Test
  void shouldNumberPacketsWithoutGapAcrossTheWrapOfTheSequenceNumber() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    List<Sent> sent = new ArrayList<>(send(sender));
    for (int i = 0; i < 40_000; i++) {
      frame(1, false);
      sent.addAll(send(sender));
    }
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i).sequence()).isEqualTo((FIRST_SEQUENCE + i) & 0xFFFF);
      assertThat(transport.indexes.get(i)).isEqualTo(FIRST_SEQUENCE + i);
    }
  }

  @Test
  void shouldLeaveSequenceNumbersUnusedForWhatTheSourceLost() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    log.skip(2);
    frame(1, false);
    sender.attach(log, now);
    assertThat(send(sender))
        .extracting(Sent::sequence)
        .containsExactly(FIRST_SEQUENCE, FIRST_SEQUENCE + 3);
  }

  @Test
  void shouldGoOnAtAKeyframeWhenOvertaken() {
    log = newLog(4_096);
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    int first = send(sender).get(0).sequence();
    for (int i = 0; i < 20; i++) {
      frame(1, false);
    }
    assertThat(send(sender)).isEmpty();
    assertThat(sender.figures().resynchronisations()).isEqualTo(1);
    frame(1, false);
    assertThat(send(sender)).isEmpty();
    frame(1, true);
    List<Sent> sent = send(sender);
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).sequence()).as("one number is burnt").isEqualTo(first + 2);
  }

  @Test
  void shouldContinueNumbersAndTimeWithANewPublisher() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log, now);
    Sent last = send(sender).get(0);
    log.close();
    log = newLog(1 << 16);
    sender.attach(log, now);
    assertThat(send(sender)).isEmpty();
    log.now(frames * 33 * MILLISECOND + 967 * MILLISECOND);
    appendFrame(1, true, 0x7777_0000);
    Sent next = send(sender).get(0);
    assertThat(next.sequence()).isEqualTo(last.sequence() + 1);
    assertThat(next.timestamp() - last.timestamp()).isEqualTo(90_000);
  }

  @Test
  void shouldStartAudioLiveAndThenMissNothingOfANewPublisher() {
    Track audio = new Track("audio", Codec.OPUS, 0);
    TrackSender sender = sender(audio, PLAIN, true);
    frame(1, false);
    sender.attach(log, now);
    assertThat(send(sender)).isEmpty();
    log.close();
    log = newLog(1 << 16);
    frame(1, false);
    frame(1, false);
    sender.attach(log, now);
    assertThat(send(sender)).extracting(Sent::payload).containsExactly(0, 1);
  }

  @Test
  void shouldNameTheMediaDescriptionUntilTheViewerHasAnswered() {
    TrackSender sender = sender(WITH_MID, true);
    frame(1, true);
    sender.attach(log, now);
    assertThat(send(sender).get(0).mid(4)).isEqualTo("v0");
    sender.acknowledged();
    frame(1, false);
    assertThat(send(sender).get(0).mid(4)).isNull();
  }

  @Test
  void shouldSayHowLongToHoldPicturesBackUntilTheViewerHasAnswered() {
    PlayoutDelay delay = new PlayoutDelay(Duration.ofMillis(120), Duration.ofMillis(40_950));
    TrackSender sender = sender(WITH_MID.withPlayoutDelay(7, delay), true);
    frame(2, true);
    sender.attach(log, now);
    List<Sent> sent = send(sender);
    assertThat(sent).extracting(packet -> packet.mid(4)).containsOnly("v0");
    assertThat(sent.get(0).extension(7)).inHexadecimal().containsExactly(0x00, 0xCF, 0xFF);
    sender.acknowledged();
    frame(1, false);
    assertThat(send(sender).get(0).extension(7)).isNull();
    resend(sender, sent.get(1).sequence());
    assertThat(received().get(0).bytes()).isEqualTo(sent.get(1).bytes());
  }

  @Test
  void shouldNotReplayAudioWhenAViewersPathCameBack() {
    log = keepingLog();
    TrackSender sender = sender(new Track("audio", Codec.OPUS, 0), PLAIN, true);
    frameNow(1, false);
    sender.attach(log, now);
    frameNow(1, false);
    assertThat(step(sender)).hasSize(1);
    sender.detach();
    for (int i = 0; i < 20; i++) {
      frameNow(1, false);
    }
    sender.attach(log, now);
    assertThat(step(sender)).isEmpty();
    frameNow(1, false);
    assertThat(step(sender)).hasSize(1);
  }
}
