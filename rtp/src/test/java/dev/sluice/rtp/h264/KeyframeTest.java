package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Feed.fu;
import static dev.sluice.rtp.h264.Feed.stapA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.nal.ParameterSetCopies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where decoding can start, and the parameter sets that it takes. */
class KeyframeTest {

  private static final int MAX = 200;
  private static final byte[] SPS = Nals.sps(0);
  private static final byte[] PPS = Nals.pps(0, 0);

  private final Feed feed = new Feed(MAX);
  private final RecordedLog log = feed.log;

  @Test
  void shouldDeclareFirstPacketOfAccessUnit() {
    feed.send(Nals.slice(30), 1, true)
        .send(Nals.aud(), 2, false)
        .send(SPS, 2, false)
        .send(PPS, 2, false)
        .send(Nals.idr(0, 30), 2, false)
        .send(Nals.slice(NalUnit.IDR, 5, 0, 30), 2, true)
        .send(Nals.slice(30), 3, true);

    assertThat(log.keyframes).containsExactly(101L);
    assertThat(feed.count(H264Counter.KEYFRAME)).isEqualTo(1);
    assertThat(feed.count(H264Counter.PARAMETER_SETS_INSERTED)).isZero();
  }

  @Test
  void shouldDeclareAsSoonAsFirstFragmentIsWritten() {
    byte[] idr = Nals.idr(0, 600);

    feed.send(stapA(SPS, PPS), 1, false).send(fu(idr, 1, 150, true, false), 1, false);
    assertThat(log.keyframes).isEmpty();
    feed.send(fu(idr, 150, 300, false, false), 1, false);

    assertThat(log.keyframes).containsExactly(100L);
  }

  @Test
  void shouldDeclareAggregateThatHoldsAll() {
    feed.send(stapA(Nals.aud(), SPS, PPS, Nals.idr(0, 50)), 1, true);

    assertThat(log.keyframes).containsExactly(100L);
    assertThat(log.packets).hasSize(1);
  }

  @Test
  void shouldInsertParameterSetsKnownInAdvance() {
    byte[] idr = Nals.idr(0, 500);

    feed.knowing(SPS, PPS).send(Nals.aud(), 9, false).send(idr, 9, true);

    assertThat(log.payloads()).startsWith(Nals.aud(), stapA(SPS, PPS));
    assertThat(log.packets).allMatch(p -> p.timestamp() == 9);
    assertThat(log.keyframes).containsExactly(100L);
    assertThat(feed.count(H264Counter.PARAMETER_SETS_INSERTED)).isEqualTo(1);
  }

  @Test
  void shouldInsertBeforeFragmentedSlice() {
    byte[] idr = Nals.idr(0, 300);

    feed.knowing(SPS, PPS)
        .send(fu(idr, 1, 150, true, false), 1, false)
        .send(fu(idr, 150, 300, false, true), 1, true);

    assertThat(log.payloads())
        .containsExactly(
            stapA(SPS, PPS), fu(idr, 1, 150, true, false), fu(idr, 150, 300, false, true));
    assertThat(log.keyframes).containsExactly(100L);
  }

  @Test
  void shouldInsertWithinAggregateJustBeforeSlice() {
    byte[] idr = Nals.idr(0, 50);

    feed.knowing(SPS, PPS).send(stapA(Nals.aud(), idr), 1, true);

    assertThat(log.payloads()).containsExactly(Nals.aud(), stapA(SPS, PPS), idr);
    assertThat(log.markers()).containsExactly(false, false, true);
  }

  @Test
  void shouldInsertOnlyWhatIsMissing() {
    byte[] otherPps = Nals.pps(1, 0);

    feed.send(stapA(SPS, PPS), 1, false).send(Nals.idr(0, 30), 1, true);
    feed.send(SPS, 2, false).send(Nals.idr(0, 31), 2, true);
    feed.knowing(otherPps).send(PPS, 3, false).send(Nals.idr(0, 32), 3, true);

    assertThat(log.payloads())
        .containsExactly(
            stapA(SPS, PPS),
            Nals.idr(0, 30),
            SPS,
            PPS,
            Nals.idr(0, 31),
            PPS,
            stapA(SPS, PPS, otherPps),
            Nals.idr(0, 32));
  }

  @Test
  void shouldInsertAgainWhatRefersToAnInsertedParameterSet() {
    byte[] otherPps = Nals.pps(1, 0);

    feed.knowing(SPS, PPS).send(otherPps, 1, false).send(Nals.idr(0, 30), 1, true);

    assertThat(log.payloads())
        .containsExactly(otherPps, stapA(SPS, PPS, otherPps), Nals.idr(0, 30));
  }

  @Test
  void shouldInsertAgainWhatCameBeforeWhatItRefersTo() {
    feed.send(stapA(PPS, SPS), 1, false).send(Nals.idr(0, 30), 1, true);
    feed.send(stapA(PPS, SPS), 2, false).send(Nals.idr(0, 31), 2, true);

    byte[] refused = stapA(PPS, SPS);
    assertThat(log.payloads())
        .containsExactly(refused, PPS, Nals.idr(0, 30), refused, PPS, Nals.idr(0, 31));
  }

  @Test
  void shouldInsertSetsThatSliceRefersToFirst() {
    byte[] sps3 = Nals.sps(3);
    byte[] pps200 = Nals.pps(200, 3);

    feed.knowing(SPS, PPS, sps3, pps200).send(Nals.idr(200, 30), 1, true);

    assertThat(log.payloads().get(0)).isEqualTo(stapA(sps3, pps200, SPS, PPS));
  }

  @Test
  void shouldLeaveOutOthersThatDoNotFit() {
    byte[] large = Nals.pps(7, 0, 180);
    byte[] small = Nals.pps(8, 0);

    feed.knowing(SPS, PPS, large, small).send(Nals.idr(0, 30), 1, true);

    assertThat(log.payloads().get(0)).isEqualTo(stapA(SPS, PPS, small));
  }

  @Test
  void shouldLeaveOutOtherPpsWithoutTheirSps() {
    feed.knowing(SPS, PPS, Nals.pps(7, 3)).send(Nals.idr(0, 30), 1, true);

    assertThat(log.payloads().get(0)).isEqualTo(stapA(SPS, PPS));
  }

  @Test
  void shouldFillPayloadToItsLimit() {
    byte[] exact = Nals.pps(7, 0, MAX - 1 - 2 - SPS.length - 2 - PPS.length - 2 - 3);

    feed.knowing(SPS, PPS, exact).send(Nals.idr(0, 30), 1, true);

    assertThat(log.payloads().get(0)).isEqualTo(stapA(SPS, PPS, exact)).hasSize(MAX);
  }

  @Test
  void shouldSendSetsSinglyWhenTheyDoNotFitTogether() {
    byte[] large = Nals.pps(7, 0, 190);
    byte[] larger = Nals.pps(8, 0, 300);

    feed.knowing(SPS, large, larger).send(Nals.idr(7, 30), 1, true).send(Nals.idr(8, 30), 2, true);

    assertThat(log.payloads()).startsWith(SPS, large, Nals.idr(7, 30), SPS);
    assertThat(log.nals()).extracting(Nal::type).containsExactly(7, 8, 5, 7, 8, 5);
    assertThat(log.keyframes).hasSize(2);
  }

  @Test
  void shouldUseNewestParameterSetOfAnId() {
    byte[] newer = Nals.pps(0, 0, 9);

    feed.send(stapA(SPS, PPS), 1, false).send(Nals.idr(0, 30), 1, true);
    feed.send(newer, 2, false).send(Nals.slice(30), 2, true);
    feed.send(Nals.idr(0, 30), 3, true);

    assertThat(log.payloads()).contains(stapA(SPS, newer));
  }

  @Test
  void shouldTakeParameterSetsFromFragments() {
    feed.send(fu(SPS, 1, 5, true, false), 1, false)
        .send(fu(SPS, 5, SPS.length, false, true), 1, false)
        .send(fu(PPS, 1, 3, true, false), 1, false)
        .send(fu(PPS, 3, PPS.length, false, true), 1, false)
        .send(Nals.idr(0, 30), 1, true);
    feed.send(Nals.idr(0, 30), 2, true);

    assertThat(log.nals()).extracting(Nal::type).containsExactly(7, 8, 5, 7, 8, 5);
    assertThat(log.keyframes).hasSize(2);
  }

  @Test
  void shouldNotDeclareKeyframeWhoseParameterSetsAreUnknown() {
    feed.knowing(SPS).send(Nals.idr(0, 30), 1, true);
    feed.knowing(Nals.pps(0, 4)).send(Nals.idr(0, 30), 2, true);
    feed.send(Nals.slice(NalUnit.IDR, 0, 300, 30), 3, true);

    assertThat(log.keyframes).isEmpty();
    assertThat(log.packets).hasSize(3);
    assertThat(feed.count(H264Counter.KEYFRAME_WITHOUT_PARAMETER_SETS)).isEqualTo(3);
  }

  @Test
  void shouldDeclareRecoveryPointAtOnce() {
    feed.knowing(SPS, PPS);
    feed.send(Nals.recoveryPoint(0), 1, false).send(Nals.slice(30), 1, true);
    feed.send(Nals.recoveryPoint(3), 2, false).send(Nals.slice(30), 2, true);
    feed.send(Nals.slice(30), 3, true);

    assertThat(log.nals()).extracting(Nal::type).containsExactly(6, 7, 8, 1, 6, 1, 1);
    assertThat(log.recoveryPoints).containsExactly(100L);
    assertThat(log.keyframes).isEmpty();
  }

  @Test
  void shouldDeclareIdrPictureWithRecoveryPointAsKeyframeOnly() {
    feed.knowing(SPS, PPS);
    feed.send(Nals.recoveryPoint(0), 1, false).send(Nals.idr(0, 30), 1, true);

    assertThat(log.keyframes).hasSize(1);
    assertThat(log.recoveryPoints).isEmpty();
  }

  @Test
  void shouldInsertForPartitionedSlice() {
    feed.knowing(SPS, PPS)
        .send(Nals.recoveryPoint(0), 1, false)
        .send(Nals.slice(NalUnit.PARTITION_A, 0, 0, 30), 1, true);

    assertThat(log.nals()).extracting(Nal::type).containsExactly(6, 7, 8, 2);
  }

  @Test
  void shouldStartBehindLossBeforePicture() {
    feed.knowing(SPS, PPS);
    feed.send(stapA(Nals.aud(), SPS, PPS), 1, false).lose().send(Nals.idr(0, 30), 1, true);

    assertThat(log.payloads()).containsExactly(stapA(SPS, PPS), Nals.idr(0, 30));
    assertThat(log.gaps).containsExactly(100L);
    assertThat(log.keyframes).containsExactly(101L);
  }

  @Test
  void shouldNotStartAtPictureWhoseFirstSliceIsLost() {
    feed.knowing(SPS, PPS);
    feed.send(Nals.slice(30), 1, true)
        .lose()
        .send(Nals.slice(NalUnit.IDR, 5, 0, 30), 2, false)
        .send(Nals.slice(NalUnit.IDR, 9, 0, 30), 2, true);

    assertThat(log.keyframes).isEmpty();
  }

  @Test
  void shouldNotDeclareKeyframeWhoseFirstFragmentNeverCameOut() {
    byte[] idr = Nals.idr(0, 600);
    feed.send(stapA(SPS, PPS), 1, false);
    feed.send(fu(idr, 1, 1, true, false), 1, false)
        .lose()
        .send(fu(idr, 300, 600, false, true), 1, true)
        .send(Nals.slice(30), 2, true);

    assertThat(log.keyframes).isEmpty();
  }

  @Test
  void shouldGuessPpsWhenFirstFragmentIsTooShort() {
    feed.knowing(SPS, PPS);
    byte[] idr = Nals.idr(0, 30);

    feed.send(fu(idr, 1, 1, true, false), 1, false).send(fu(idr, 1, 30, false, true), 1, true);

    assertThat(log.payloads()).containsExactly(stapA(SPS, PPS), idr);
    assertThat(log.keyframes).containsExactly(100L);
  }

  @Test
  void shouldNotKeepMoreParameterSetsThanAllowed() {
    byte[] tooLarge = Nals.pps(0, 0, ParameterSetCopies.MAX_BYTES);
    feed.knowing(SPS, tooLarge, new byte[0], Nals.slice(30), new byte[] {0x67}, new byte[] {0x68});
    assertThat(feed.count(H264Counter.PARAMETER_SET_REJECTED)).isEqualTo(5);

    List<byte[]> sets = new ArrayList<>();
    for (int id = 0; id < 256; id++) {
      sets.add(Nals.pps(id, 0, 1000));
    }
    feed.knowing(sets.toArray(byte[][]::new));

    long kept = 256 + 5 - feed.count(H264Counter.PARAMETER_SET_REJECTED);
    assertThat(kept).isBetween(20L, 32L);
  }

  @Test
  void shouldCountFragmentedSetThatIsTooLarge() {
    byte[] pps = Nals.pps(0, 0, 4000);
    feed.send(fu(pps, 1, 2000, true, false), 1, false)
        .send(fu(pps, 2000, pps.length, false, true), 1, false);

    assertThat(feed.count(H264Counter.PARAMETER_SET_REJECTED)).isEqualTo(1);
  }

  @Test
  void shouldTellSequenceParameterSetInUse() {
    assertThat(feed.normalizer.sequenceParameterSet()).isNull();
    feed.knowing(SPS, PPS);
    assertThat(feed.normalizer.sequenceParameterSet())
        .isEqualTo(new SequenceParameterSet(new ProfileLevelId(0x42, 0xE0, 30), 0, 640, 480));
    feed.knowing(Nals.sps(5), Nals.pps(9, 5)).send(Nals.idr(9, 30), 1, true);
    assertThat(feed.normalizer.sequenceParameterSet()).extracting("id").isEqualTo(5);
  }
}
