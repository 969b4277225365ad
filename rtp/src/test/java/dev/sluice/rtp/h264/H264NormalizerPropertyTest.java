package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Nal.assertNals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random streams, packetizations, losses and damage. */
class H264NormalizerPropertyTest {

  private static final int ROUNDS = 250;
  private static final int ACCESS_UNITS = 12;

  @Test
  void shouldDeliverEveryNalUnitUnchanged() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      RandomStream stream = new RandomStream(random, ACCESS_UNITS, largestPayload(random));
      Feed feed = new Feed(maxPayload(random));
      int maxPayload = feed.maxPayload;
      for (RandomStream.Payload payload : stream.payloads) {
        feed.send(payload.bytes(), payload.timestamp(), payload.last());
        assertThat(!payload.last() || feed.log.last().marker()).as("marked at once").isTrue();
      }

      assertNals(feed.log.nals(), stream.nals);
      assertThat(feed.log.nals())
          .extracting(Nal::timestamp)
          .containsExactlyElementsOf(stream.timestamps);
      assertThat(feed.log.packets).allMatch(p -> p.payload().length <= maxPayload);
      assertThat(feed.log.gaps).isEmpty();
      assertThat(feed.log.isOpen()).isFalse();
      assertMarkersFrom(0, feed.log);
    }
  }

  @Test
  void shouldCorrectMarkersThatAreNeverSet() {
    Random random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      RandomStream stream = new RandomStream(random, ACCESS_UNITS, largestPayload(random));
      Feed feed = new Feed(maxPayload(random));
      stream.payloads.forEach(p -> feed.send(p.bytes(), p.timestamp(), false));
      feed.normalizer.flush();

      assertNals(feed.log.nals(), stream.nals);
      assertMarkersFrom(1, feed.log);
    }
  }

  @Test
  void shouldCorrectMarkersThatAreAlwaysSet() {
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      RandomStream stream = new RandomStream(random, ACCESS_UNITS, largestPayload(random));
      Feed feed = new Feed(maxPayload(random)).doubting();
      stream.payloads.forEach(p -> feed.send(p.bytes(), p.timestamp(), true));
      feed.normalizer.flush();

      List<Nal> nals = feed.log.nals();
      assertNals(nals.subList(2, nals.size()), stream.nals);
      assertMarkersFrom(1, feed.log);
    }
  }

  @Test
  void shouldDeliverExactlyWhatIsWholeAndShowEveryLoss() {
    Random random = new Random(4);
    for (int round = 0; round < ROUNDS * 2; round++) {
      RandomStream stream = new RandomStream(random, ACCESS_UNITS, largestPayload(random));
      Feed feed = new Feed(maxPayload(random));
      boolean[] lost = new boolean[stream.payloads.size()];
      int rate = 2 + random.nextInt(30);
      for (int i = 0; i < lost.length; i++) {
        RandomStream.Payload payload = stream.payloads.get(i);
        lost[i] = random.nextInt(rate) == 0;
        if (lost[i]) {
          feed.lose();
        } else {
          feed.send(payload.bytes(), payload.timestamp(), payload.last());
        }
      }
      feed.normalizer.flush();
      boolean[] whole = stream.received(lost);
      int[] expected = IntStream.range(0, whole.length).filter(i -> whole[i]).toArray();

      List<Nal> nals = feed.log.nals();
      assertNals(nals, IntStream.of(expected).mapToObj(stream.nals::get).toList());
      assertGapWhereverSomethingIsMissing(feed.log, nals, expected, whole);
      assertMarkedOnlyIfLast(stream, feed.log, nals, expected);
    }
  }

  @Test
  void shouldNotMarkWrongPacketWhenMarkersAndPacketsAreMissing() {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      RandomStream stream = new RandomStream(random, ACCESS_UNITS, largestPayload(random));
      Feed feed = new Feed(maxPayload(random));
      boolean[] lost = new boolean[stream.payloads.size()];
      for (int i = 0; i < lost.length; i++) {
        RandomStream.Payload payload = stream.payloads.get(i);
        lost[i] = random.nextInt(10) == 0;
        if (lost[i]) {
          feed.lose();
        } else {
          feed.send(payload.bytes(), payload.timestamp(), false);
        }
      }
      boolean[] whole = stream.received(lost);
      int[] expected = IntStream.range(0, whole.length).filter(i -> whole[i]).toArray();
      assertMarkedOnlyIfLast(stream, feed.log, feed.log.nals(), expected);
    }
  }

  @Test
  void shouldSurviveRandomPayloads() {
    Random random = new Random(6);
    for (int round = 0; round < 200; round++) {
      Feed feed = new Feed(maxPayload(random));
      for (int i = 0; i < 200; i++) {
        byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? 4000 : 40)];
        random.nextBytes(payload);
        if (payload.length > 1 && random.nextBoolean()) {
          payload[0] = (byte) (random.nextBoolean() ? NalUnit.FU_A : NalUnit.STAP_A);
          payload[1] &= (byte) random.nextInt(256);
        }
        feed.send(payload, random.nextInt(3), random.nextBoolean());
      }
      feed.normalizer.flush();
      assertReceivable(feed);
    }
  }

  @Test
  void shouldSurviveDamagedPayloads() {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      RandomStream stream = new RandomStream(random, ACCESS_UNITS, largestPayload(random));
      Feed feed = new Feed(maxPayload(random));
      feed.knowing(Nals.sps(0), Nals.pps(0, 0), Nals.pps(1, 0));
      for (RandomStream.Payload payload : stream.payloads) {
        feed.send(damaged(payload.bytes(), random), payload.timestamp(), payload.last());
      }
      feed.normalizer.flush();
      assertReceivable(feed);
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    if (random.nextInt(3) == 0) {
      int at = random.nextInt(Math.min(bytes.length, 1 + random.nextInt(bytes.length)));
      damaged[at] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(6) == 0
        ? Arrays.copyOf(damaged, random.nextInt(bytes.length + 1))
        : damaged;
  }

  /** what came out is valid, whatever came in */
  private static void assertReceivable(Feed feed) {
    feed.log.nals();
    assertThat(feed.log.packets).allMatch(p -> p.payload().length <= feed.maxPayload);
    assertThat(feed.log.gaps.size()).isLessThanOrEqualTo(feed.log.packets.size() + 1);
  }

  private static void assertGapWhereverSomethingIsMissing(
      RecordedLog log, List<Nal> nals, int[] expected, boolean[] whole) {
    for (int i = 1; i < expected.length; i++) {
      boolean missing = expected[i] != expected[i - 1] + 1;
      assertThat(log.hasGapBetween(nals.get(i - 1).last(), nals.get(i).first()))
          .as("gap between NAL units %d and %d of %d", expected[i - 1], expected[i], whole.length)
          .isEqualTo(missing);
    }
  }

  private static void assertMarkedOnlyIfLast(
      RandomStream stream, RecordedLog log, List<Nal> nals, int[] expected) {
    Set<Long> lastPositions = new HashSet<>();
    for (int i = 0; i < nals.size(); i++) {
      if (stream.isLastOfUnit(expected[i])) {
        lastPositions.add(nals.get(i).last());
      }
    }
    assertThat(log.packets.stream().filter(RecordedLog.Packet::marker))
        .allMatch(p -> lastPositions.contains(p.position()));
  }

  private static void assertMarkersFrom(int unit, RecordedLog log) {
    int seen = 0;
    for (int i = 0; i < log.packets.size(); i++) {
      RecordedLog.Packet packet = log.packets.get(i);
      boolean last =
          i + 1 == log.packets.size() || log.packets.get(i + 1).timestamp() != packet.timestamp();
      if (seen >= unit) {
        assertThat(packet.marker()).as("marker of packet %d", i).isEqualTo(last);
      }
      seen += last ? 1 : 0;
    }
  }

  private static int largestPayload(Random random) {
    return random.nextBoolean() ? 1460 : 20 + random.nextInt(3000);
  }

  private static int maxPayload(Random random) {
    return random.nextBoolean() ? 1200 : 32 + random.nextInt(1400);
  }
}
