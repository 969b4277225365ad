package dev.sluice.rtp.h265;

import static dev.sluice.rtp.h265.H265Nals.CRA;
import static dev.sluice.rtp.h265.H265Nals.IDR;
import static dev.sluice.rtp.h265.H265Nals.PPS;
import static dev.sluice.rtp.h265.H265Nals.SPS;
import static dev.sluice.rtp.h265.H265Nals.TRAIL_N;
import static dev.sluice.rtp.h265.H265Nals.TRAIL_R;
import static dev.sluice.rtp.h265.H265Nals.VPS;
import static dev.sluice.rtp.h265.H265Nals.aggregate;
import static dev.sluice.rtp.h265.H265Nals.annexB;
import static dev.sluice.rtp.h265.H265Nals.fragments;
import static dev.sluice.rtp.h265.H265Nals.hex;
import static dev.sluice.rtp.h265.H265Nals.nals;
import static dev.sluice.rtp.h265.H265Nals.slice;
import static dev.sluice.rtp.h265.H265Nals.temporal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.Payload;
import dev.sluice.rtp.PayloadRecorder;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.WriterTrials;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class H265WriterTest {

  private static final int MAX_PAYLOAD = 100;

  private final PayloadRecorder log = new PayloadRecorder();
  private final H265Writer writer = writer(log, MAX_PAYLOAD);

  @Test
  void shouldPassPayloadsThatFitAsTheyAre() {
    List<Payload> sent =
        List.of(
            new Payload(aggregate(VPS, SPS, PPS), 0, false, false),
            new Payload(slice(IDR, 50), 0, true, false),
            new Payload(slice(TRAIL_R, 50), 3000, true, false));
    Payload.feed(writer, sent);

    assertThat(log.payloads())
        .containsExactlyElementsOf(sent.stream().map(Payload::bytes).toList());
    assertThat(log.markers()).containsExactly(false, true, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(writer.profile()).isEqualTo(new H265Profile(1, 0, 60));
  }

  @Test
  void shouldInsertParameterSetsThatAKeyframeLacks() {
    for (byte[] set : List.of(VPS, SPS, PPS)) {
      writer.parameterSet(set);
    }
    assertThat(writer.profile()).isNotNull();
    new Payload(slice(CRA, 50), 0, true, false).feed(writer);
    new Payload(aggregate(SPS, PPS), 3000, false, false).feed(writer);
    new Payload(slice(IDR, 50), 3000, true, false).feed(writer);

    assertThat(types()).containsExactly(32, 33, 34, 21, 33, 34, 32, 33, 34, 19);
    assertThat(log.packets.get(0).payload()).isEqualTo(aggregate(VPS, SPS, PPS));
    assertThat(log.keyframes)
        .containsExactly(log.packets.get(0).position(), log.packets.get(2).position());
    assertThat(log.markers()).containsExactly(false, true, false, false, true);
  }

  @Test
  void shouldKeepNothingOfWhatIsNoParameterSet() {
    for (byte[] set : List.of(new byte[0], hex("40"), hex("4001"), slice(IDR, 20), hex("ffff"))) {
      writer.parameterSet(set);
    }
    new Payload(slice(IDR, 50), 0, true, false).feed(writer);

    assertThat(types()).containsExactly(19);
    assertThat(writer.keyframesWithoutParameterSets()).isEqualTo(1);
  }

  @Test
  void shouldInsertBeforeTheSliceOfAnAggregateOrOfFragments() {
    for (byte[] set : List.of(VPS, SPS, PPS)) {
      writer.parameterSet(set);
    }
    byte[] delimiter = hex("460150");
    byte[] idr = slice(IDR, 300);
    new Payload(aggregate(delimiter, slice(IDR, 20)), 0, true, false).feed(writer);
    Payload.feed(writer, fragments(idr, 90, 3000));

    assertThat(types()).containsExactly(35, 32, 33, 34, 19, 32, 33, 34, 19);
    assertThat(nals(log).get(8)).isEqualTo(idr);
  }

  @Test
  void shouldInsertAgainWhatRefersToAnInsertedParameterSet() {
    writer.frame(annexB(VPS, SPS, PPS, slice(IDR, 20)), 0);
    writer.frame(annexB(VPS, PPS, slice(IDR, 20)), 3000);
    writer.frame(annexB(VPS, SPS, slice(IDR, 20)), 6000);

    assertThat(types()).containsExactly(32, 33, 34, 19, 32, 34, 33, 34, 19, 32, 33, 34, 19);
  }

  @Test
  void shouldInsertAgainWhatCameBeforeWhatItRefersTo() {
    writer.frame(annexB(SPS, PPS, VPS, slice(IDR, 20)), 0);
    writer.frame(annexB(VPS, PPS, SPS, slice(IDR, 20)), 3000);

    assertThat(types()).containsExactly(33, 34, 32, 33, 34, 19, 32, 34, 33, 34, 19);
  }

  @Test
  void shouldInsertParameterSetsThatFindNoRoomBehindALargeSei() {
    byte[] sei = slice(39, 32_750);
    writer.frame(annexB(sei, VPS, SPS, PPS, slice(IDR, 20)), 0);
    Payload.feed(writer, fragments(sei, 1000, 3000));
    Payload.feed(writer, fragments(SPS, 20, 3000));
    new Payload(aggregate(VPS, PPS), 3000, false, false).feed(writer);
    new Payload(slice(IDR, 20), 3000, true, false).feed(writer);

    assertThat(types()).containsExactly(39, 34, 32, 33, 34, 19, 39, 34, 32, 33, 34, 19);
    assertThat(log.keyframes).hasSize(2);
  }

  private List<Integer> types() {
    return nals(log).stream().map(nal -> H265Nal.type(nal[0])).toList();
  }

  @Test
  void shouldNotStartWhereParameterSetsAreMissing() {
    new Payload(slice(IDR, 50), 0, true, false).feed(writer);
    new Payload(slice(TRAIL_R, 50), 3000, true, false).feed(writer);

    assertThat(log.packets).hasSize(2);
    assertThat(log.keyframes).isEmpty();
    assertThat(writer.keyframesWithoutParameterSets()).isEqualTo(1);
  }

  @Test
  void shouldCutNalUnitsAndFragmentsThatAreTooLarge() {
    byte[] whole = slice(TRAIL_R, 250);
    byte[] fragmented = slice(TRAIL_R, 500);
    new Payload(whole, 0, true, false).feed(writer);
    Payload.feed(writer, fragments(fragmented, 150, 3000));

    assertThat(nals(log)).containsExactly(whole, fragmented);
    assertThat(log.packets).extracting(packet -> packet.payload().length).startsWith(100, 100, 57);
    assertThat(log.markers())
        .containsExactly(false, false, true, false, false, false, false, false, true);
  }

  @Test
  void shouldTakeLargeAggregatesApart() {
    byte[][] parts = {slice(TRAIL_R, 60), slice(TRAIL_R, 150), slice(TRAIL_R, 20)};
    new Payload(aggregate(parts), 0, true, false).feed(writer);

    assertThat(nals(log)).containsExactly(parts);
    assertThat(log.markers()).containsExactly(false, false, false, true);
  }

  @Test
  void shouldMarkTemporalLayersAndWhatNothingRefersTo() {
    Payload.feed(
        writer,
        List.of(
            new Payload(slice(TRAIL_N, 20), 0, true, false), // of which nothing is known yet
            new Payload(aggregate(VPS, SPS, PPS, slice(IDR, 20)), 3000, true, false),
            new Payload(slice(TRAIL_N, 20), 6000, true, false),
            new Payload(temporal(slice(TRAIL_N, 20), 2), 9000, true, false)));

    assertThat(log.packets)
        .extracting(packet -> log.marks(packet.position()))
        .containsExactly(
            PictureMarks.NONE,
            PictureMarks.NONE,
            PictureMarks.DISPOSABLE,
            PictureMarks.layer(2, 0));
  }

  @Test
  void shouldLeaveOutPicturesThatComeLateAndNothingRefersTo() {
    begin();
    picture(TRAIL_R, 4).picture(TRAIL_N, 1).picture(TRAIL_N, 2).picture(TRAIL_R, 8);
    Payload.feed(writer, fragments(slice(TRAIL_N, 300), 90, 5 * 3000));
    new Payload(slice(TRAIL_N, 250), 6 * 3000, true, false).feed(writer);
    picture(TRAIL_R, 12);

    assertThat(times()).containsExactly(0, 0, 4 * 3000, 8 * 3000, 12 * 3000);
    assertThat(log.gaps).isEmpty();
    assertThat(writer.reorderedPictures()).isEqualTo(4);
    assertThat(writer.reorderedPicturesDropped()).isEqualTo(4);
    assertThat(writer.malformed()).isZero();
  }

  @Test
  void shouldGivePicturesThatComeLateAndAreReferredToTheTimeBehind() {
    begin();
    picture(TRAIL_R, 4).picture(TRAIL_R, 2).picture(TRAIL_N, 1).picture(TRAIL_N, 3);
    picture(TRAIL_R, 5);

    assertThat(times()).containsExactly(0, 0, 4 * 3000, 4 * 3000 + 1, 5 * 3000);
    assertThat(writer.reorderedPictures()).isEqualTo(3);
    assertThat(writer.reorderedPicturesDropped()).isEqualTo(2);
  }

  @Test
  void shouldPassAllWhereTheHostWantsIt() {
    PayloadRecorder all = new PayloadRecorder();
    H265Writer passing = new H265Writer(all, MAX_PAYLOAD, true);
    passing.frame(annexB(VPS, SPS, PPS, slice(IDR, 20)), 0);
    for (int time : new int[] {12_000, 3_000, 6_000}) {
      passing.frame(annexB(slice(TRAIL_N, 20)), time);
    }

    assertThat(all.packets)
        .extracting(PayloadRecorder.Packet::timestamp)
        .endsWith(12_000, 3_000, 6_000);
    assertThat(passing.reorderedPictures()).isEqualTo(2);
    assertThat(passing.reorderedPicturesDropped()).isZero();
  }

  @Test
  void shouldLeaveOutWhatPrecedesAPictureThatIsLeftOut() {
    byte[] delimiter = hex("460150");
    begin();
    picture(TRAIL_R, 4);
    new Payload(delimiter, 3000, false, false).feed(writer);
    new Payload(aggregate(delimiter, slice(TRAIL_N, 20)), 3000, true, false).feed(writer);
    new Payload(delimiter, 15_000, false, false).feed(writer);
    picture(TRAIL_R, 5);

    assertThat(times()).containsExactly(0, 0, 12_000, 15_000, 15_000);
  }

  @Test
  void shouldKeepParameterSetsThatComeInFragmentsOrAtAnotherTime() {
    Payload.feed(writer, fragments(VPS, 10, 0));
    Payload.feed(writer, fragments(SPS, 10, 0));
    new Payload(PPS, 0, false, false).feed(writer);
    byte[] idr = slice(IDR, 50);
    new Payload(idr, 3000, true, false).feed(writer);

    assertThat(nals(log)).containsExactly(VPS, SPS, PPS, idr);
    assertThat(times()).containsOnly(3000);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(writer.keyframes()).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutWhatIsTooLargeToPrecedeAPicture() {
    byte[] prefixSei = slice(39, 40_000);
    begin();
    Payload.feed(writer, fragments(prefixSei, 1000, 3000));
    writer.frame(annexB(prefixSei, slice(TRAIL_R, 20)), 6000);
    picture(TRAIL_R, 3);

    assertThat(times()).containsExactly(0, 0, 6000, 9000);
    assertThat(log.gaps).isEmpty();
  }

  private static H265Writer writer(PayloadWriter out, int maxPayload) {
    return new H265Writer(out, maxPayload, false);
  }

  private void begin() {
    Payload sets = new Payload(aggregate(VPS, SPS, PPS), 0, false, false);
    Payload.feed(writer, List.of(sets, new Payload(slice(IDR, 20), 0, true, false)));
  }

  private H265WriterTest picture(int type, int time) {
    new Payload(slice(type, 20), time * 3000, true, false).feed(writer);
    return this;
  }

  private List<Integer> times() {
    return log.packets.stream().map(PayloadRecorder.Packet::timestamp).toList();
  }

  @Test
  void shouldDropFragmentsWithoutABeginningAndShowTheLoss() {
    List<Payload> fragments = fragments(slice(TRAIL_R, 300), 90, 0);
    new Payload(slice(TRAIL_R, 20), -3000, true, false).feed(writer);
    fragments.get(1).afterLoss().feed(writer);
    fragments.get(2).feed(writer);
    new Payload(slice(TRAIL_R, 20), 3000, true, false).feed(writer);

    assertThat(log.packets).hasSize(2);
    assertThat(log.hasGapBetween(log.packets.get(0).position(), log.last().position())).isTrue();
  }

  @Test
  void shouldShowWhatIsMissingOfAnUnfinishedNalUnit() {
    fragments(slice(TRAIL_R, 300), 150, 0).get(0).feed(writer);
    new Payload(slice(TRAIL_R, 20), 3000, true, false).feed(writer);

    assertThat(log.gaps).hasSize(1);
    assertThat(log.isOpen()).isFalse();
    assertThat(writer.malformed()).isZero();
  }

  @Test
  void shouldDropWhatIsMalformed() {
    List<String> malformed =
        List.of("02", "8201aa", "6401aa", "6001000aaa", "600100", "6201", "620181", "6201c1aa");
    malformed.forEach(payload -> Payload.of(payload, 0, false).feed(writer));

    assertThat(log.packets).isEmpty();
    assertThat(writer.malformed()).isEqualTo(malformed.size());
  }

  @Test
  void shouldWriteAccessUnitsOfAHost() {
    byte[] idr = slice(IDR, 250);
    ByteBuffer prefixed = ByteBuffer.allocate(64);
    byte[] small = slice(TRAIL_R, 20);
    prefixed.putInt(small.length).put(small).flip();

    assertThat(writer.frame(annexB(VPS, SPS, PPS), 0)).as("configuration").isTrue();
    assertThat(log.packets).isEmpty();
    assertThat(writer.frame(annexB(idr), 0)).isTrue();
    assertThat(writer.lengthPrefixed(prefixed, 4, 3000)).isTrue();
    assertThat(nals(log)).containsExactly(VPS, SPS, PPS, idr, small);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(log.packets.stream().filter(PayloadRecorder.Packet::marker)).hasSize(2);
    assertThat(writer.frame(ByteBuffer.wrap(idr), 6000)).as("no start code").isFalse();
    assertThat(writer.lengthPrefixed(ByteBuffer.wrap(idr), 4, 6000)).isFalse();
  }

  @Test
  void shouldDeliverEveryNalUnitOfRandomStreams() {
    for (int run = 0; run < 300; run++) {
      Random random = new Random(run);
      PayloadRecorder recorder = new PayloadRecorder();
      H265Writer each = writer(recorder, 32 + random.nextInt(200));
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        byte[] nal = slice(TRAIL_R, 10 + random.nextInt(600));
        sent.add(nal);
        int size = 10 + random.nextInt(300);
        if (nal.length > size + 2) {
          Payload.feed(each, fragments(nal, size, i * 3000));
        } else {
          byte[] second = slice(TRAIL_N, 5 + random.nextInt(200));
          sent.add(second);
          new Payload(aggregate(nal, second), i * 3000, true, false).feed(each);
        }
      }
      assertThat(nals(recorder)).containsExactlyElementsOf(sent);
      assertThat(recorder.gaps).isEmpty();
      assertThat(recorder.packets.stream().filter(PayloadRecorder.Packet::marker)).hasSize(10);
    }
  }

  @Test
  void shouldSurviveDamage() {
    List<Payload> valid = new ArrayList<>(fragments(slice(IDR, 3000), 1300, 0));
    valid.add(new Payload(aggregate(VPS, SPS, PPS, slice(IDR, 100)), 0, false, false));
    valid.add(new Payload(slice(CRA, 1500), 0, true, false));
    WriterTrials.assertSurvivesDamage(H265WriterTest::writer, valid);
  }

  @Test
  void shouldAllocateNothing() {
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new Payload(aggregate(VPS, SPS, PPS), 0, false, false));
    payloads.addAll(fragments(slice(IDR, 500), 150, 0));
    payloads.add(new Payload(slice(CRA, 250), 3000, true, false));
    WriterTrials.assertAllocatesNothing(H265WriterTest::writer, MAX_PAYLOAD, payloads);
  }
}
