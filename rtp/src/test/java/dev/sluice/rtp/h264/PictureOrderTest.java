package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Feed.fu;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sources with B pictures, whose timestamps are in the order of presentation. */
class PictureOrderTest {

  private static final int FRAME = 3_000;

  private final Feed feed = new Feed(100);
  private final RecordedLog log = feed.log;

  @Test
  void shouldLeaveOutDisposablePicturesThatComeLate() {
    reference(0).reference(4).disposable(1).disposable(2).disposable(3).reference(8).disposable(5);

    assertThat(shown()).containsExactly(0, 4 * FRAME, 8 * FRAME);
    assertThat(log.gaps).isEmpty();
    assertThat(feed.count(H264Counter.REORDERED_PICTURE)).isEqualTo(4);
    assertThat(feed.count(H264Counter.REORDERED_PICTURE_DROPPED)).isEqualTo(4);
  }

  @Test
  void shouldGiveReferencePicturesThatComeLateTheTimeBehind() {
    reference(0).reference(8).reference(4).disposable(2).disposable(6).reference(16).reference(12);

    assertThat(shown()).containsExactly(0, 8 * FRAME, 8 * FRAME + 1, 16 * FRAME, 16 * FRAME + 1);
    assertThat(feed.count(H264Counter.REORDERED_PICTURE)).isEqualTo(4);
    assertThat(feed.count(H264Counter.REORDERED_PICTURE_DROPPED)).isEqualTo(2);
  }

  @Test
  void shouldKeepDisposablePicturesThatComeInOrder() {
    reference(0).disposable(1).reference(2).disposable(3);

    assertThat(shown()).containsExactly(0, FRAME, 2 * FRAME, 3 * FRAME);
    assertThat(feed.count(H264Counter.REORDERED_PICTURE)).isZero();
  }

  @Test
  void shouldLeaveOutAllPacketsOfPicture() {
    byte[] large = Nals.disposable(0, 400);
    reference(0).reference(2);
    feed.send(Nals.aud(), FRAME, false)
        .send(Nals.recoveryPoint(4), FRAME, false)
        .send(fu(large, 1, 80, true, false), FRAME, false)
        .send(fu(large, 80, 300, false, false), FRAME, false)
        .send(fu(large, 300, 400, false, true), FRAME, false)
        .send(Nals.disposable(7, 30), FRAME, false)
        .send(new byte[] {NalUnit.FILLER, -1, (byte) 0x80}, FRAME, true);
    reference(3);

    assertThat(log.packets).hasSize(3);
    assertThat(log.gaps).isEmpty();
    assertThat(log.markers()).containsOnly(true);
  }

  @Test
  void shouldKeepPictureThatBringsParameterSets() {
    reference(0).reference(2);
    feed.send(Nals.pps(3, 0), FRAME, false);
    disposable(1);

    assertThat(log.nals()).extracting(Nal::type).containsExactly(1, 1, 8, 1);
    assertThat(shown()).containsExactly(0, 2 * FRAME, 2 * FRAME + 1);
  }

  @Test
  void shouldKeepBothFieldsOfFrame() {
    reference(0);
    feed.send(Nals.slice(20), FRAME, true).send(Nals.slice(21), FRAME, true);
    reference(2);

    assertThat(shown()).containsExactly(0, FRAME, FRAME, 2 * FRAME);
  }

  @Test
  void shouldFollowJumpOfTheSourcesClock() {
    reference(3_000).reference(1).reference(2);

    assertThat(shown()).containsExactly(3_000 * FRAME, FRAME, 2 * FRAME);
  }

  @Test
  void shouldWorkAcrossWrapOfTimestamps() {
    int start = (int) (0x1_0000_0000L / FRAME) - 2;
    reference(start).reference(start + 4).disposable(start + 2).disposable(start + 3);

    assertThat(shown()).containsExactly(start * FRAME, (start + 4) * FRAME);
  }

  @Test
  void shouldPassEverythingWhereAsked() {
    Feed all = new Feed(100, true);
    all.send(Nals.slice(20), 2, true).send(Nals.disposable(0, 20), 1, true);

    assertThat(all.log.packets).extracting(RecordedLog.Packet::timestamp).containsExactly(2, 1);
    assertThat(all.count(H264Counter.REORDERED_PICTURE)).isEqualTo(1);
    assertThat(all.count(H264Counter.REORDERED_PICTURE_DROPPED)).isZero();
  }

  @Test
  void shouldLeaveOutWhatHostPushes() {
    H264Packetizer packetizer = new H264Packetizer(log, 100);
    packetizer.annexB(H264PacketizerTest.annexB(Nals.slice(20)), 2);
    assertThat(packetizer.annexB(H264PacketizerTest.annexB(Nals.disposable(0, 20)), 1)).isTrue();
    packetizer.annexB(H264PacketizerTest.annexB(Nals.slice(20)), 3);

    assertThat(shown()).containsExactly(2, 3);
    assertThat(log.gaps).isEmpty();
  }

  /** groups of pictures as encoders make them, of any depth, with references among B pictures */
  @Test
  void shouldNeverGoBackAndLoseNoReference() {
    Random random = new Random(1);
    int time = 0;
    int references = 0;
    for (int group = 0; group < 2_000; group++) {
      int between = random.nextInt(8);
      time += between + 1;
      reference(time);
      references++;
      for (int i = 1; i <= between; i++) {
        boolean referred = random.nextInt(3) == 0;
        references += referred ? 1 : 0;
        feed.send(referred ? Nals.slice(20) : Nals.disposable(0, 20), (time - i) * FRAME, true);
      }
    }

    assertThat(shown()).hasSize(references).isSorted().doesNotHaveDuplicates();
    assertThat(log.gaps).isEmpty();
  }

  private PictureOrderTest reference(int time) {
    feed.send(Nals.slice(20), time * FRAME, true);
    return this;
  }

  private PictureOrderTest disposable(int time) {
    feed.send(Nals.disposable(0, 20), time * FRAME, true);
    return this;
  }

  private List<Integer> shown() {
    return log.packets.stream()
        .filter(RecordedLog.Packet::marker)
        .map(RecordedLog.Packet::timestamp)
        .toList();
  }
}
