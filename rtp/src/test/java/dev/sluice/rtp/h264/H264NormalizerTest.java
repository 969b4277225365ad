package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Feed.fu;
import static dev.sluice.rtp.h264.Feed.stapA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class H264NormalizerTest {

  private static final int MAX = 100;

  private final Feed feed = new Feed(MAX);
  private final RecordedLog log = feed.log;

  @Test
  void shouldPassPayloadsThatFitAsTheyAre() {
    byte[] single = Nals.slice(MAX);
    byte[] aggregate = stapA(Nals.aud(), Nals.slice(50));
    byte[] large = Nals.slice(150);
    byte[] start = fu(large, 1, 90, true, false);
    byte[] end = fu(large, 90, 150, false, true);

    feed.send(single, 1, true).send(aggregate, 2, true).send(start, 3, false).send(end, 3, true);

    assertThat(log.payloads()).containsExactly(single, aggregate, start, end);
    assertThat(log.markers()).containsExactly(true, true, false, true);
  }

  @Test
  void shouldCutLargeNalUnitIntoFullSizeFragments() {
    byte[] nal = Nals.slice(1 + 98 + 98 + 7);

    feed.send(nal, 1, true);

    assertThat(log.payloads())
        .containsExactly(
            fu(nal, 1, 99, true, false),
            fu(nal, 99, 197, false, false),
            fu(nal, 197, 204, false, true));
    assertThat(log.markers()).containsExactly(false, false, true);
  }

  @Test
  void shouldCutLargestNalUnitThatDoesNotFitIntoTwo() {
    byte[] nal = Nals.slice(MAX + 1);

    feed.send(nal, 1, true);

    assertThat(log.payloads())
        .containsExactly(fu(nal, 1, 99, true, false), fu(nal, 99, 101, false, true));
  }

  @Test
  void shouldFillOpenPacketAcrossLargeFragments() {
    byte[] nal = Nals.slice(401);

    feed.send(fu(nal, 1, 151, true, false), 1, false);
    assertThat(log.payloads()).containsExactly(fu(nal, 1, 99, true, false));
    assertThat(log.isOpen()).isTrue();
    feed.send(fu(nal, 151, 301, false, false), 1, false)
        .send(fu(nal, 301, 401, false, true), 1, true);

    assertThat(log.payloads())
        .containsExactly(
            fu(nal, 1, 99, true, false),
            fu(nal, 99, 197, false, false),
            fu(nal, 197, 295, false, false),
            fu(nal, 295, 393, false, false),
            fu(nal, 393, 401, false, true));
    assertThat(log.markers()).containsExactly(false, false, false, false, true);
  }

  @Test
  void shouldEndWithFullPacketWhenFragmentsAddUpExactly() {
    byte[] nal = Nals.slice(1 + 98 * 2);

    feed.send(fu(nal, 1, 148, true, false), 1, false).send(fu(nal, 148, 197, false, true), 1, true);

    assertThat(log.payloads())
        .containsExactly(fu(nal, 1, 99, true, false), fu(nal, 99, 197, false, true));
  }

  @Test
  void shouldStartCuttingAtFirstFragmentThatIsTooLarge() {
    byte[] nal = Nals.slice(301);

    feed.send(fu(nal, 1, 51, true, false), 1, false)
        .send(fu(nal, 51, 201, false, false), 1, false)
        .send(fu(nal, 201, 301, false, true), 1, true);

    assertThat(log.payloads())
        .containsExactly(
            fu(nal, 1, 51, true, false),
            fu(nal, 51, 149, false, false),
            fu(nal, 149, 247, false, false),
            fu(nal, 247, 301, false, true));
  }

  @Test
  void shouldSplitOversizedAggregate() {
    byte[] sei = Nals.recoveryPoint(5);
    byte[] slice = Nals.slice(90);
    byte[] large = Nals.slice(NalUnit.SLICE, 3, 0, 120);

    feed.send(stapA(Nals.aud(), sei, slice, large), 1, true);

    assertThat(log.payloads())
        .containsExactly(
            stapA(Nals.aud(), sei),
            slice,
            fu(large, 1, 99, true, false),
            fu(large, 99, 120, false, true));
    assertThat(log.markers()).containsExactly(false, false, false, true);
  }

  @Test
  void shouldAcceptEmptyFragments() {
    byte[] nal = Nals.slice(40);

    feed.send(fu(nal, 1, 1, true, false), 1, false)
        .send(fu(nal, 1, 20, false, false), 1, false)
        .send(fu(nal, 20, 20, false, false), 1, false)
        .send(fu(nal, 20, 40, false, false), 1, false)
        .send(fu(nal, 40, 40, false, true), 1, true);

    assertThat(log.nals()).singleElement().matches(n -> n.has(nal));
    assertThat(log.last().marker()).isTrue();
  }

  @Test
  void shouldMakeSingleNalUnitOfFragmentBehindEmptyOne() {
    byte[] nal = Nals.slice(40);

    feed.send(fu(nal, 1, 1, true, false), 1, false).send(fu(nal, 1, 40, false, true), 1, true);

    assertThat(log.payloads()).containsExactly(nal);
  }

  @Test
  void shouldDropFragmentedNalUnitWithoutBody() {
    byte[] nal = Nals.slice(40);

    feed.send(fu(nal, 1, 1, true, false), 1, false).send(fu(nal, 1, 1, false, true), 1, true);
    feed.send(nal, 2, true);

    assertThat(log.payloads()).containsExactly(nal);
    assertThat(feed.count(H264Counter.MALFORMED_NAL_UNIT)).isEqualTo(1);
    assertThat(feed.count(H264Counter.GAP)).isEqualTo(1);
  }

  @Test
  void shouldDropRestOfNalUnitAfterLossInTheMiddle() {
    byte[] nal = Nals.slice(401);
    byte[] next = Nals.slice(60);

    feed.send(fu(nal, 1, 151, true, false), 1, false)
        .lose()
        .send(fu(nal, 251, 351, false, false), 1, false)
        .send(fu(nal, 351, 401, false, true), 1, true);
    assertThat(log.payloads()).containsExactly(fu(nal, 1, 99, true, false));
    feed.send(next, 2, true);

    assertThat(log.payloads()).containsExactly(fu(nal, 1, 99, true, false), next);
    assertThat(log.gaps).containsExactly(log.packets.get(0).position() + 1);
    assertThat(feed.count(H264Counter.UNFINISHED_NAL_UNIT)).isEqualTo(1);
    assertThat(feed.count(H264Counter.ORPHAN_FRAGMENT)).isEqualTo(2);
  }

  @Test
  void shouldDropUnfinishedNalUnitWhenAnotherBegins() {
    byte[] nal = Nals.slice(200);
    byte[] next = Nals.slice(60);

    feed.send(fu(nal, 1, 50, true, false), 1, false).send(next, 1, true);
    feed.send(fu(nal, 1, 50, true, false), 2, false)
        .send(fu(next, 1, 30, true, false), 2, false)
        .send(fu(next, 30, 60, false, true), 2, true);
    feed.send(fu(nal, 1, 50, true, false), 3, false).send(stapA(next), 4, true);

    assertThat(log.nals()).hasSize(3).allMatch(n -> n.has(next));
    assertThat(log.gaps).hasSize(3);
    assertThat(feed.count(H264Counter.UNFINISHED_NAL_UNIT)).isEqualTo(3);
  }

  @Test
  void shouldDropFragmentOfAnotherTypeOrTimestamp() {
    byte[] nal = Nals.slice(60);
    byte[] idr = Nals.idr(0, 60);

    feed.send(fu(nal, 1, 30, true, false), 1, false).send(fu(idr, 30, 60, false, true), 1, true);
    feed.send(fu(nal, 1, 30, true, false), 2, false).send(fu(nal, 30, 60, false, true), 3, true);
    feed.send(nal, 4, true);

    assertThat(log.nals()).singleElement().matches(n -> n.has(nal));
    assertThat(feed.count(H264Counter.ORPHAN_FRAGMENT)).isEqualTo(2);
  }

  @Test
  void shouldShowLossBetweenNalUnits() {
    feed.send(Nals.slice(20), 1, true).lose().send(Nals.slice(30), 2, true);

    assertThat(log.gaps).containsExactly(101L);
    assertThat(log.last().position()).isEqualTo(102);
  }

  @Test
  void shouldLeaveOneGapForManyDroppedPayloads() {
    feed.send(Nals.slice(20), 1, true);
    for (int i = 0; i < 10; i++) {
      feed.lose().send(new byte[] {NalUnit.STAP_A, 0, 9, 1}, 2, false);
    }
    feed.send(Nals.slice(30), 3, true);

    assertThat(log.gaps).hasSize(1);
    assertThat(feed.count(H264Counter.MALFORMED_AGGREGATE)).isEqualTo(10);
  }

  @Test
  void shouldDropAndCountWhatIsMalformed() {
    byte[] slice = Nals.slice(20);
    byte[] forbidden = slice.clone();
    forbidden[0] |= (byte) 0x80;
    byte[] truncated = stapA(slice, slice);

    assertDropped(H264Counter.FORBIDDEN_BIT, forbidden);
    assertDropped(H264Counter.MALFORMED_NAL_UNIT, stapA(stapA(slice)));
    assertDropped(H264Counter.INTERLEAVED_MODE, new byte[] {25, 0, 1, 0, 2, 0x65, 1});
    assertDropped(H264Counter.INTERLEAVED_MODE, new byte[] {26, 0, 1, 0, 2});
    assertDropped(H264Counter.INTERLEAVED_MODE, new byte[] {27, 0, 1, 0, 2});
    assertDropped(H264Counter.INTERLEAVED_MODE, new byte[] {29, (byte) 0x85, 0, 2, 1});
    assertDropped(H264Counter.MALFORMED_FRAGMENT, new byte[] {28});
    assertDropped(H264Counter.MALFORMED_FRAGMENT, new byte[] {28, (byte) 0x80, 1});
    assertDropped(H264Counter.MALFORMED_FRAGMENT, new byte[] {28, (byte) (0x80 | 24), 1});
    assertDropped(H264Counter.ORPHAN_FRAGMENT, fu(slice, 1, 20, false, true));
    assertDropped(H264Counter.MALFORMED_AGGREGATE, new byte[] {24, 0, 2, 1});
    assertDropped(H264Counter.MALFORMED_AGGREGATE, new byte[] {24, 1});
    assertDropped(H264Counter.FORBIDDEN_BIT, stapA(forbidden));
  }

  @Test
  void shouldKeepWhatIsWholeInDamagedAggregate() {
    byte[] slice = Nals.slice(20);
    byte[] forbidden = Nals.slice(NalUnit.SLICE, 9, 0, 20);
    forbidden[0] |= (byte) 0x80;
    byte[] truncated = stapA(slice, slice);

    assertGapBehind(slice, stapA(slice, forbidden));
    assertGapBehind(slice, Arrays.copyOf(truncated, truncated.length - 1));
    assertGapBehind(slice, Arrays.copyOf(truncated, truncated.length - 20));
  }

  @Test
  void shouldIgnoreWhatIsUndefinedOrEmpty() {
    byte[] slice = Nals.slice(60);

    feed.send(fu(slice, 1, 30, true, false), 1, false)
        .send(new byte[0], 7, true)
        .send(new byte[] {30, 1, 2}, 8, true)
        .send(new byte[] {31, 1, 2}, 9, true)
        .send(new byte[] {0, 1, 2}, 10, true)
        .send(fu(slice, 30, 60, false, true), 1, true);

    assertThat(log.nals()).singleElement().matches(n -> n.has(slice));
    assertThat(log.gaps).isEmpty();
    assertThat(feed.count(H264Counter.EMPTY_PAYLOAD)).isEqualTo(1);
    assertThat(feed.count(H264Counter.RESERVED_TYPE)).isEqualTo(3);
  }

  @Test
  void shouldPassNalUnitsOfHeaderAlone() {
    byte[] endOfSequence = {NalUnit.END_OF_SEQUENCE};
    byte[] endOfStream = {NalUnit.END_OF_STREAM};

    feed.send(Nals.slice(20), 1, false).send(endOfSequence, 1, false).send(endOfStream, 1, true);

    assertThat(log.payloads()).endsWith(endOfSequence, endOfStream);
    assertThat(log.markers()).containsExactly(false, false, true);
  }

  @Test
  void shouldDropFillerButKeepItsMarker() {
    byte[] filler = new byte[80];
    Arrays.fill(filler, (byte) 0xFF);
    filler[0] = NalUnit.FILLER;
    filler[79] = (byte) 0x80;
    byte[] shortest = {NalUnit.FILLER, (byte) 0x80};

    feed.send(Nals.slice(20), 1, false)
        .send(filler, 1, false)
        .send(fu(filler, 1, 30, true, false), 1, false)
        .send(fu(filler, 30, 80, false, true), 1, false)
        .send(filler, 1, true);
    feed.send(Nals.slice(20), 2, false)
        .send(fu(filler, 1, 30, true, false), 2, false)
        .send(fu(filler, 30, 80, false, true), 2, true);

    assertThat(log.payloads()).containsExactly(Nals.slice(20), shortest, Nals.slice(20), shortest);
    assertThat(log.markers()).containsExactly(false, true, false, true);
    assertThat(feed.count(H264Counter.FILLER_DROPPED)).isEqualTo(4);
  }

  @Test
  void shouldLeaveBufferIndexesAlone() {
    byte[] payload = Nals.slice(20);
    ByteBuf buf = Unpooled.wrappedBuffer(payload).setIndex(3, 7);

    feed.normalizer.accept(buf, 0, payload.length, 1, true, false);

    assertThat(buf.readerIndex()).isEqualTo(3);
    assertThat(buf.writerIndex()).isEqualTo(7);
    assertThat(buf.refCnt()).isEqualTo(1);
  }

  @Test
  void shouldRefuseMisuse() {
    ByteBuf buf = Unpooled.wrappedBuffer(Nals.slice(20));

    assertThatThrownBy(() -> new H264Normalizer(log, 31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxPayload");
    assertThatThrownBy(() -> new H264Normalizer(log, 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxPayload");
    assertThatThrownBy(() -> feed.normalizer.accept(buf, 1, 20, 1, true, false))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> feed.normalizer.accept(buf, -1, 20, 1, true, false))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void assertGapBehind(byte[] kept, byte[] payload) {
    Feed feed = new Feed(MAX);
    feed.send(payload, 1, true).send(Nals.slice(40), 2, true);

    assertThat(feed.log.payloads()).containsExactly(kept, Nals.slice(40));
    assertThat(feed.log.gaps).containsExactly(101L);
  }

  private static void assertDropped(H264Counter counter, byte[] payload) {
    Feed feed = new Feed(MAX);
    byte[] before = Nals.slice(30);
    byte[] after = Nals.slice(40);
    feed.send(before, 1, true).send(payload, 2, true).send(after, 3, true);

    assertThat(feed.count(counter)).as("%s", counter).isEqualTo(1);
    assertThat(feed.log.payloads()).as("%s", counter).containsExactly(before, after);
    assertThat(feed.log.gaps).as("%s", counter).hasSize(1);
  }
}
