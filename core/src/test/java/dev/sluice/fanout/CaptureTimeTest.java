package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rate.UnlimitedLink;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When pictures were captured, as viewers are told. */
class CaptureTimeTest extends TrackSenderSetup {
  private static final int EXTENSION = 9;
  private static final int LARGEST = 300;

  private long captured = 0x0102_0304_0506_0700L;

  private TrackSender attached(SenderParameters parameters) {
    log = keepingLog();
    log.captureClock(timestamp -> captured++, LARGEST, false);
    TrackSender sender = sender(parameters, true);
    frameNow(3, true);
    sender.attach(log, now);
    return sender;
  }

  private static List<Integer> stamped(List<Sent> sent) {
    return sent.stream()
        .filter(packet -> packet.extension(EXTENSION) != null)
        .map(Sent::payload)
        .toList();
  }

  @Test
  void shouldTellOnceASecondOnTheLastPacketOfAPicture() {
    TrackSender sender = attached(PLAIN.withCaptureTime(EXTENSION));
    List<Sent> sent = step(sender);
    assertThat(stamped(sent)).containsExactly(2);
    assertThat(sent.get(2).extension(EXTENSION)).containsExactly(1, 2, 3, 4, 5, 6, 7, 0);
    for (int i = 0; i < 40; i++) {
      frameNow(1, false);
    }
    assertThat(stamped(step(sender))).containsExactly(33);
  }

  @Test
  void shouldNotTellViewersWhoDoNotWantToKnow() {
    List<Sent> sent = step(attached(PLAIN));
    assertThat(sent).hasSize(3).noneMatch(packet -> packet.packet().hasExtension());
  }

  @Test
  void shouldRepeatAPacketToTheBit() {
    TrackSender sender = attached(WITH_MID.withCaptureTime(EXTENSION));
    List<Sent> sent = step(sender);
    sender.acknowledged();
    for (int i = 0; i < 35; i++) {
      frameNow(2, false);
      sent.addAll(step(sender));
    }
    assertThat(stamped(sent)).hasSize(2);
    for (Sent original : sent) {
      resend(sender, original.sequence());
      assertThat(received()).singleElement().extracting(Sent::bytes).isEqualTo(original.bytes());
    }
  }

  @Test
  void shouldSayItBesidesAllElse() {
    transport.link = new ViewerLink(UnlimitedLink::new, true);
    TrackSender sender = attached(NUMBERED.withCaptureTime(EXTENSION));
    List<Sent> sent = step(sender);
    Sent last = sent.get(2);
    assertThat(last.mid(4)).isEqualTo("v0");
    assertThat(last.transportSequence()).isEqualTo(2);
    assertThat(Objects.requireNonNull(last.extension(EXTENSION))).hasSize(8);
    resend(sender, last.sequence());
    Sent again = received().get(0);
    assertThat(again.ssrc()).isNotEqualTo(last.ssrc());
    assertThat(again.extension(EXTENSION)).isNull();
  }
}
