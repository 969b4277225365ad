package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Feed.fu;
import static dev.sluice.rtp.h264.Feed.stapA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the marker bit of sources that get it right, and of those that do not. */
class MarkerTest {

  private final Feed feed = new Feed(100);
  private final RecordedLog log = feed.log;

  @Test
  void shouldNotDelayWellBehavedSource() {
    for (int ts = 0; ts < 50; ts++) {
      feed.send(Nals.slice(30), ts, false);
      assertThat(log.last().marker()).isFalse();
      feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 250), ts, true);
      assertThat(log.last().marker()).isTrue();
      assertThat(feed.normalizer.isHolding()).isFalse();
    }
    assertThat(feed.count(H264Counter.MISSING_MARKER)).isZero();
    assertThat(feed.count(H264Counter.SPURIOUS_MARKER)).isZero();
  }

  @Test
  void shouldSetMarkersOfSourceThatNeverDoes() {
    for (int ts = 0; ts < 50; ts++) {
      feed.send(Nals.slice(30), ts, false);
      feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 250), ts, false);
    }
    feed.normalizer.flush();

    assertMarkersFrom(1);
    assertThat(feed.count(H264Counter.MISSING_MARKER)).isEqualTo(49);
  }

  @Test
  void shouldHoldOnlyTheLastPacket() {
    feed.send(Nals.slice(30), 1, false).send(Nals.slice(30), 2, false);
    int before = log.packets.size();

    feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 250), 3, false);

    assertThat(log.packets).hasSize(before + 3);
    assertThat(log.markers().subList(before, before + 3)).containsExactly(true, false, false);
    assertThat(feed.normalizer.isHolding()).isTrue();
  }

  @Test
  void shouldBelieveMarkersOfSourceThatForgetsSome() {
    feed.send(Nals.slice(30), 1, false).send(Nals.slice(30), 2, true);

    assertThat(log.markers()).containsExactly(false, true);
    assertThat(feed.normalizer.isHolding()).isFalse();
  }

  @Test
  void shouldClearMarkersOfSourceThatSetsThemOnEverySlice() {
    for (int ts = 0; ts < 50; ts++) {
      feed.send(Nals.slice(30), ts, true);
      feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 250), ts, true);
      feed.send(Nals.slice(NalUnit.SLICE, 9, 0, 20), ts, true);
    }
    feed.normalizer.flush();

    assertMarkersFrom(1);
  }

  @Test
  void shouldClearMarkersOfSourceThatSetsThemOnEveryFragment() {
    byte[] nal = Nals.slice(250);
    for (int ts = 0; ts < 20; ts++) {
      feed.send(fu(nal, 1, 90, true, false), ts, true)
          .send(fu(nal, 90, 170, false, false), ts, true)
          .send(fu(nal, 170, 250, false, true), ts, true);
    }

    assertMarkersFrom(0);
    assertThat(feed.normalizer.isHolding()).isFalse();
  }

  @Test
  void shouldNotBelieveMarkerBeforePictureBegins() {
    feed.send(Nals.sps(0), 1, true)
        .send(Nals.pps(0, 0), 1, true)
        .send(Nals.idr(0, 60), 1, true)
        .send(Nals.slice(60), 2, true);
    feed.normalizer.flush();

    assertThat(log.markers()).containsExactly(false, true, true);
    assertThat(log.keyframes).containsExactly(100L);
  }

  @Test
  void shouldTrustAgainAfterProofs() {
    feed.send(Nals.slice(30), 1, true);
    feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 30), 1, true);
    int ts = 2;
    while (feed.count(H264Counter.SPURIOUS_MARKER) == 1 && ts < 2 + MarkerTrust.PROOFS) {
      feed.send(Nals.slice(30), ts, false);
      feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 30), ts, true);
      assertThat(feed.normalizer.isHolding()).isEqualTo(ts < 1 + MarkerTrust.PROOFS);
      ts++;
    }
    assertMarkersFrom(2);
  }

  @Test
  void shouldTrustClearMarkersAgainAfterProofs() {
    feed.send(Nals.slice(30), 0, false);
    for (int ts = 1; ts <= MarkerTrust.PROOFS; ts++) {
      feed.send(Nals.slice(30), ts, false);
      assertThat(feed.normalizer.isHolding()).isTrue();
      feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 30), ts, true);
      assertThat(feed.normalizer.isHolding()).isFalse();
    }
    feed.send(Nals.slice(30), 100, false);

    assertThat(feed.normalizer.isHolding()).isFalse();
    assertThat(log.last().timestamp()).isEqualTo(100);
  }

  @Test
  void shouldTrustAgainAfterManyAccessUnits() {
    feed.send(Nals.slice(30), 1, true);
    feed.send(Nals.slice(NalUnit.SLICE, 5, 0, 30), 1, true);
    int ts = 2;
    do {
      feed.send(Nals.slice(30), ts++, true);
    } while (feed.normalizer.isHolding() && ts < 10_000);

    assertThat(ts - 2).isEqualTo(MarkerTrust.DOUBT);
  }

  @Test
  void shouldTakeParameterSetsOfTheirOwnTimestampForNoAccessUnit() {
    feed.send(Nals.slice(30), 1, true)
        .send(stapA(Nals.sps(0), Nals.pps(0, 0)), 2, false)
        .send(Nals.idr(0, 30), 3, true);

    assertThat(log.last().marker()).isTrue();
    assertThat(feed.count(H264Counter.MISSING_MARKER)).isZero();
  }

  @Test
  void shouldTellAccessUnitsOfConstantTimestampByMarkerAndStart() {
    feed.knowing(Nals.sps(0), Nals.pps(0, 0));
    for (int i = 0; i < 5; i++) {
      feed.send(stapA(Nals.aud(), Nals.idr(0, 30)), 7, false)
          .send(Nals.slice(NalUnit.IDR, 5, 0, 30), 7, true);
      feed.send(Nals.slice(30), 7, false).send(Nals.slice(NalUnit.SLICE, 5, 0, 30), 7, true);
    }

    assertThat(log.keyframes).hasSize(5);
    assertThat(feed.count(H264Counter.SPURIOUS_MARKER)).isZero();
  }

  @Test
  void shouldNotMarkHeldPacketBeforeLoss() {
    feed.send(Nals.slice(30), 1, false)
        .send(Nals.slice(31), 2, false)
        .lose()
        .send(Nals.slice(32), 3, false);
    feed.normalizer.flush();

    assertThat(log.markers()).containsExactly(false, false, true);
    assertThat(log.gaps).containsExactly(102L);
    assertThat(feed.count(H264Counter.MISSING_MARKER)).isEqualTo(1);
  }

  @Test
  void shouldCommitHeldPacketOnFlush() {
    feed.send(Nals.slice(30), 1, false).send(Nals.slice(31), 2, false);
    assertThat(log.packets).hasSize(1);

    feed.normalizer.flush();
    feed.normalizer.flush();

    assertThat(log.markers()).containsExactly(false, true);
    assertThat(feed.normalizer.isHolding()).isFalse();
  }

  @Test
  void shouldGoOnWithNalUnitThatArrivesDuringFlush() {
    byte[] nal = Nals.slice(400);

    feed.send(fu(nal, 1, 200, true, false), 1, false);
    feed.normalizer.flush();
    feed.send(fu(nal, 200, 400, false, true), 1, true);

    assertThat(log.nals()).singleElement().matches(n -> n.has(nal));
  }

  /** each access unit has one marker, on its last packet */
  private void assertMarkersFrom(int timestamp) {
    List<RecordedLog.Packet> packets = log.packets;
    for (int i = 0; i < packets.size(); i++) {
      RecordedLog.Packet packet = packets.get(i);
      boolean last =
          i + 1 == packets.size() || packets.get(i + 1).timestamp() != packet.timestamp();
      if (packet.timestamp() >= timestamp) {
        assertThat(packet.marker()).as("marker of packet %d", i).isEqualTo(last);
      }
    }
  }
}
