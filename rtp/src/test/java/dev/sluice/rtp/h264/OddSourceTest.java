package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Feed.fu;
import static dev.sluice.rtp.h264.Feed.stapA;
import static dev.sluice.rtp.h264.Nal.assertNals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.nal.Prologue;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cameras and encoders send beside what RFC 6184 allows; nothing of it is a loss. */
class OddSourceTest {

  private static final byte[] SPS = Nals.sps(0);
  private static final byte[] PPS = Nals.pps(0, 0);
  private static final byte[] START_CODE = {0, 0, 0, 1};
  private static final byte[] NOTHING = {};

  private final Feed feed = new Feed(200);
  private final RecordedLog log = feed.log;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 8, 9, 12, 0, 13, 14, 30, 31})
  void shouldLeaveOutNalUnitWithoutBodyWithoutGap(int type) {
    byte[] header = {(byte) type};
    for (int ts = 0; ts < 10; ts++) {
      feed.send(header, ts, false).send(Nals.slice(60), ts, false).send(header, ts, true);
    }

    assertThat(log.gaps).isEmpty();
    assertThat(log.nals()).filteredOn(nal -> nal.has(Nals.slice(60))).hasSize(10);
    assertThat(log.packets).filteredOn(RecordedLog.Packet::marker).hasSize(10);
    assertThat(feed.count(H264Counter.MISSING_MARKER)).isZero();
  }

  @Test
  void shouldLeaveOutNalUnitWithoutBodyOfAggregate() {
    feed.send(stapA(new byte[] {9}, Nals.slice(30), new byte[] {12}), 1, true);

    assertThat(log.payloads()).containsExactly(Nals.slice(30));
    assertThat(log.gaps).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void shouldIgnoreZerosBehindAggregate(int zeros) {
    byte[] sets = stapA(SPS, PPS);
    feed.send(Arrays.copyOf(sets, sets.length + zeros), 1, false).send(Nals.idr(0, 30), 1, true);

    assertThat(log.payloads()).containsExactly(sets, Nals.idr(0, 30));
    assertThat(log.keyframes).hasSize(1);
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldIgnoreEmptyUnitWithinAggregate() {
    feed.send(stapA(NOTHING, SPS, NOTHING, PPS, NOTHING), 1, false)
        .send(stapA(NOTHING, Nals.idr(0, 30)), 1, true);

    assertThat(log.payloads()).containsExactly(stapA(SPS, PPS), Nals.idr(0, 30));
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldIgnoreAggregateThatHoldsNothing() {
    feed.send(Nals.slice(30), 1, false).send(new byte[] {24}, 1, false);
    feed.send(new byte[] {24, 0, 0, 0}, 1, false).send(Nals.slice(31), 2, true);

    assertThat(log.payloads()).containsExactly(Nals.slice(30), Nals.slice(31));
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldPartNalUnitsAtStartCodes() {
    feed.send(joined(SPS, PPS, Nals.idr(0, 60)), 1, true);
    feed.send(joined(NOTHING, SPS, PPS, Nals.idr(0, 60)), 2, true);
    feed.send(stapA(joined(Nals.aud(), SPS), joined(NOTHING, PPS, Nals.idr(0, 60))), 3, true);

    assertThat(log.nals()).extracting(Nal::type).containsExactly(7, 8, 5, 7, 8, 5, 9, 7, 8, 5);
    assertThat(log.keyframes).hasSize(3);
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldTakeStartCodeBeforeEveryPayload() {
    for (int length = 3; length <= 5; length++) {
      byte[] startCode = new byte[length];
      startCode[length - 1] = 1;
      Feed each = new Feed(200);
      each.send(concat(startCode, SPS), 1, false)
          .send(concat(startCode, PPS), 1, false)
          .send(concat(startCode, Nals.idr(0, 600)), 1, true)
          .send(concat(startCode, Nals.slice(100)), 2, true);

      assertNals(each.log.nals(), List.of(SPS, PPS, Nals.idr(0, 600), Nals.slice(100)));
      assertThat(each.log.gaps).isEmpty();
      assertThat(each.log.keyframes).hasSize(1);
    }
  }

  @Test
  void shouldPartFragmentedNalUnitsAtStartCodesWhereverTheyAreCut() {
    byte[] idr = Nals.idr(0, 700);
    for (byte[] unit :
        List.of(
            joined(SPS, PPS, idr),
            joined(NOTHING, SPS, PPS, idr),
            concat(new byte[] {0, 0, 1}, joined(SPS, PPS, idr)))) {
      for (int size = 1; size < 120; size++) {
        Feed each = new Feed(200);
        fragments(each, unit, size);

        assertNals(each.log.nals(), List.of(SPS, PPS, idr));
        assertThat(each.log.keyframes).hasSize(1);
        assertThat(each.log.gaps).isEmpty();
      }
    }
  }

  @Test
  void shouldTakeFragmentThatIsWhole() {
    byte[] large = Nals.slice(500);
    feed.send(fu(SPS, 1, SPS.length, true, true), 1, false)
        .send(fu(PPS, 1, PPS.length, true, true), 1, false)
        .send(fu(Nals.idr(0, 100), 1, 100, true, true), 1, true)
        .send(fu(large, 1, 500, true, true), 2, true);

    assertNals(log.nals(), List.of(SPS, PPS, Nals.idr(0, 100), large));
    assertThat(log.gaps).isEmpty();
    assertThat(log.keyframes).hasSize(1);
  }

  @Test
  void shouldEndNalUnitBeforeLastFragmentThatIsEmpty() {
    for (int size : new int[] {60, 300}) {
      byte[] nal = Nals.slice(1 + 3 * size);
      Feed each = new Feed(200);
      each.send(fu(nal, 1, 1 + size, true, false), 1, false)
          .send(fu(nal, 1 + size, 1 + 2 * size, false, false), 1, false)
          .send(fu(nal, 1 + 2 * size, 1 + 3 * size, false, false), 1, false)
          .send(fu(nal, 1 + 3 * size, 1 + 3 * size, false, true), 1, true);

      assertNals(each.log.nals(), List.of(nal));
      assertThat(each.log.packets).allMatch(p -> p.payload().length > 2);
      assertThat(each.log.last().marker()).isTrue();
    }
  }

  @Test
  void shouldGiveNalUnitsOfTheirOwnTimestampToTheNextPicture() {
    feed.send(Nals.idr(0, 30), 9, true).knowing(SPS, PPS);
    int ts = 10;
    for (byte[] before : List.of(Nals.aud(), Nals.recoveryPoint(3), stapA(SPS, PPS))) {
      feed.send(before, ts, true).send(Nals.slice(30), ts + 5, true);
      ts += 10;
    }

    assertThat(log.packets.stream().map(RecordedLog.Packet::timestamp).distinct())
        .containsExactly(9, 15, 25, 35);
    assertThat(log.packets).filteredOn(RecordedLog.Packet::marker).hasSize(4);
    assertThat(log.nals()).extracting(Nal::type).containsExactly(5, 9, 1, 6, 1, 7, 8, 1);
  }

  @Test
  void shouldStartAtRecoveryPointThatCameAlone() {
    feed.knowing(SPS, PPS).send(Nals.recoveryPoint(0), 1, true).send(Nals.slice(30), 2, true);

    assertThat(log.recoveryPoints).containsExactly(100L);
    assertThat(log.packets).allMatch(p -> p.timestamp() == 2);
  }

  @Test
  void shouldNotGiveNalUnitsOfLostPictureToTheNext() {
    feed.knowing(SPS, PPS)
        .send(Nals.recoveryPoint(0), 1, false)
        .lose()
        .send(Nals.slice(30), 2, true);

    assertThat(log.nals()).extracting(Nal::type).containsExactly(1);
    assertThat(log.recoveryPoints).isEmpty();
  }

  @Test
  void shouldBoundWhatWaitsForPicture() {
    byte[] sei = Nals.slice(NalUnit.SEI, 0, 0, 1_000);
    for (int ts = 0; ts < 1_000; ts++) {
      feed.send(sei, ts, true);
    }
    feed.send(Nals.slice(30), 1_000, true);

    assertThat(log.packets.size()).isLessThan(Prologue.MAX_BYTES / 150);
    assertThat(log.last().payload()).isEqualTo(Nals.slice(30));
    assertThat(feed.count(H264Counter.OVERSIZED_NAL_UNIT)).isPositive();
  }

  @Test
  void shouldSurviveStartCodesAnywhere() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      byte[] payload = new byte[1 + random.nextInt(50)];
      for (int i = 0; i < payload.length; i++) {
        payload[i] = (byte) (random.nextInt(4) > 0 ? random.nextInt(2) : random.nextInt(32));
      }
      payload[0] = (byte) (random.nextBoolean() ? random.nextInt(32) : NalUnit.FU_A);
      feed.send(payload, random.nextInt(4), random.nextBoolean());
    }
    feed.normalizer.flush();
    log.nals();
    assertThat(log.packets).allMatch(p -> p.payload().length <= 200);
  }

  private static void fragments(Feed feed, byte[] unit, int size) {
    for (int at = 1; at < unit.length; at += size) {
      int end = Math.min(unit.length, at + size);
      // the first one has to show the start code, if there is one in front
      int from = at == 1 ? 1 : Math.max(at, 6);
      int to = at == 1 ? Math.max(end, 6) : Math.max(end, from);
      feed.send(fu(unit, from, to, at == 1, to == unit.length), 1, to == unit.length);
    }
  }

  private static byte[] joined(byte[]... nals) {
    byte[] all = nals[0];
    for (int i = 1; i < nals.length; i++) {
      all = concat(concat(all, START_CODE), nals[i]);
    }
    return all;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }
}
