package dev.sluice.rtp.h264;

import static dev.sluice.rtp.PictureMarks.DISPOSABLE;
import static dev.sluice.rtp.PictureMarks.NONE;
import static dev.sluice.rtp.h264.Feed.fu;
import static dev.sluice.rtp.h264.Feed.stapA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures that nothing refers to (nal_ref_idc 0) are marked so in the log. */
class DisposabilityTest {

  private final Feed feed = new Feed(100);
  private final RecordedLog log = feed.log;

  @Test
  void shouldMarkEveryPacketOfPictureThatNothingRefersTo() {
    byte[] large = Nals.disposable(0, 250);
    feed.send(Nals.slice(20), 1, true)
        .send(stapA(Nals.aud(), Nals.recoveryPoint(3)), 2, false)
        .send(fu(large, 1, 90, true, false), 2, false)
        .send(fu(large, 90, 250, false, true), 2, true)
        .send(Nals.slice(20), 3, true);

    assertThat(marks()).first().isEqualTo(NONE);
    assertThat(marks().subList(1, marks().size() - 1)).hasSize(4).containsOnly(DISPOSABLE);
    assertThat(marks()).last().isEqualTo(NONE);
  }

  @Test
  void shouldNotMarkPictureOfWhichOneFieldIsReferredTo() {
    feed.send(Nals.disposable(0, 20), 1, false).send(Nals.slice(20), 1, true);
    feed.send(Nals.slice(20), 2, false).send(Nals.disposable(0, 20), 2, true);

    assertThat(marks()).containsOnly(NONE);
  }

  @Test
  void shouldMarkWhatHostPushes() {
    H264Packetizer packetizer = new H264Packetizer(log, 100);
    packetizer.annexB(H264PacketizerTest.annexB(Nals.slice(150)), 1);
    packetizer.annexB(H264PacketizerTest.annexB(Nals.aud(), Nals.disposable(0, 150)), 2);

    assertThat(marks()).containsExactly(NONE, NONE, DISPOSABLE, DISPOSABLE, DISPOSABLE);
  }

  private List<Integer> marks() {
    return log.packets.stream().map(p -> log.marks(p.position())).toList();
  }
}
