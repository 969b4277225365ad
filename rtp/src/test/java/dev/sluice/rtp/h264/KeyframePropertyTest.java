package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Nal.assertNals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random streams with several parameter sets, some of them carried and some not. */
class KeyframePropertyTest {

  private static final int[] SPS_IDS = {0, 1, 31};
  private static final int[] PPS_IDS = {0, 1, 7, 128, 255};

  private final Random random = new Random(1);
  private final List<byte[]> sent = new ArrayList<>();
  private final BitSet keyframes = new BitSet();
  private Feed feed = new Feed(200);

  @Test
  void shouldGiveEveryKeyframeItsParameterSets() {
    for (int round = 0; round < 300; round++) {
      feed = new Feed(64 + random.nextInt(1200));
      sent.clear();
      keyframes.clear();
      for (int i = 0; i < PPS_IDS.length; i++) {
        feed.knowing(sps(i), pps(i));
      }
      for (int unit = 0; unit < 10; unit++) {
        sendAccessUnit(unit);
      }
      List<Nal> nals = feed.log.nals();

      assertNals(nals.stream().filter(n -> !isSet(n)).toList(), sent);
      List<Long> starts = new ArrayList<>(feed.log.keyframes);
      starts.addAll(feed.log.recoveryPoints);
      assertThat(starts).hasSize(keyframes.cardinality());
      assertThat(feed.count(H264Counter.KEYFRAME)).isEqualTo(keyframes.cardinality());
      starts.forEach(position -> assertStartsPicture(nals, position));
    }
  }

  private void sendAccessUnit(int unit) {
    int choice = random.nextInt(PPS_IDS.length);
    int kind = random.nextInt(4);
    List<byte[]> nals = new ArrayList<>();
    if (random.nextBoolean()) {
      nals.add(Nals.aud());
    }
    if (kind == 0) {
      nals.add(Nals.recoveryPoint(0));
    }
    sent.addAll(nals);
    if (random.nextBoolean()) {
      nals.add(sps(choice));
    }
    if (random.nextBoolean()) {
      nals.add(pps(choice));
    }
    int type = kind == 1 ? NalUnit.IDR : NalUnit.SLICE;
    byte[] first = Nals.slice(type, 0, PPS_IDS[choice], 5 + random.nextInt(1500));
    byte[] second = Nals.slice(type, 8, PPS_IDS[choice], 5 + random.nextInt(500));
    nals.add(first);
    nals.add(second);
    sent.addAll(List.of(first, second));
    keyframes.set(unit, kind < 2);
    packetize(unit, nals);
  }

  private void packetize(int unit, List<byte[]> nals) {
    while (!nals.isEmpty()) {
      int count = 1 + random.nextInt(nals.size());
      List<byte[]> together = nals.subList(0, count);
      feed.send(Feed.stapA(together.toArray(byte[][]::new)), unit, count == nals.size());
      together.clear();
    }
  }

  /** the first slice from here on is preceded by the sets it refers to, in its own access unit */
  private static void assertStartsPicture(List<Nal> nals, long position) {
    BitSet pps = new BitSet();
    BitSet sps = new BitSet();
    int timestamp =
        nals.stream().filter(n -> n.first() == position).findFirst().orElseThrow().timestamp();
    for (Nal nal : nals) {
      if (nal.timestamp() != timestamp) {
        assertThat(nal.first() < position || nal.timestamp() > timestamp).isTrue();
      } else if (nal.type() == NalUnit.SPS) {
        sps.set(indexOf(nal, true));
      } else if (nal.type() == NalUnit.PPS) {
        pps.set(indexOf(nal, false));
      } else if (NalUnit.hasSliceHeader(nal.type())) {
        int choice = referredBy(nal);
        assertThat(pps.get(choice)).as("PPS").isTrue();
        assertThat(sps.get(choice % SPS_IDS.length)).as("SPS").isTrue();
        return;
      }
    }
  }

  private static int referredBy(Nal slice) {
    for (int i = 0; i < PPS_IDS.length; i++) {
      if (slice.has(Nals.slice(slice.type(), 0, PPS_IDS[i], slice.bytes().length))) {
        return i;
      }
    }
    throw new AssertionError("not a first slice");
  }

  private static int indexOf(Nal set, boolean sps) {
    for (int i = 0; i < PPS_IDS.length; i++) {
      if (set.has(sps ? sps(i) : pps(i))) {
        return i;
      }
    }
    throw new AssertionError("unknown parameter set");
  }

  private static byte[] sps(int index) {
    return Nals.sps(SPS_IDS[index % SPS_IDS.length]);
  }

  private static byte[] pps(int index) {
    return Nals.pps(PPS_IDS[index], SPS_IDS[index % SPS_IDS.length]);
  }

  private static boolean isSet(Nal nal) {
    return nal.type() == NalUnit.SPS || nal.type() == NalUnit.PPS;
  }
}
