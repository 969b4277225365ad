package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Feed.fu;
import static dev.sluice.rtp.h264.Feed.stapA;
import static dev.sluice.rtp.h264.Nal.assertNals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class H264PacketizerTest {

  private static final byte[] SPS = Nals.sps(0);
  private static final byte[] PPS = Nals.pps(0, 0);

  private final RecordedLog log = new RecordedLog();
  private final H264Packetizer packetizer = new H264Packetizer(log, 200);

  @Test
  void shouldAggregateSmallAndFragmentLargeNalUnits() {
    byte[] idr = Nals.idr(0, 300);

    assertThat(packetizer.annexB(annexB(Nals.aud(), SPS, PPS, idr), 5)).isTrue();

    assertThat(log.payloads())
        .containsExactly(
            stapA(Nals.aud(), SPS, PPS),
            fu(idr, 1, 199, true, false),
            fu(idr, 199, 300, false, true));
    assertThat(log.markers()).containsExactly(false, false, true);
    assertThat(log.packets).allMatch(p -> p.timestamp() == 5);
    assertThat(log.keyframes).containsExactly(100L);
  }

  @Test
  void shouldSendSingleNalUnitsWhenNoTwoFit() {
    byte[] first = Nals.slice(150);
    byte[] second = Nals.slice(NalUnit.SLICE, 7, 0, 200);

    packetizer.annexB(annexB(first, second), 5);

    assertThat(log.payloads()).containsExactly(first, second);
    assertThat(log.markers()).containsExactly(false, true);
  }

  @Test
  void shouldFillAggregateToItsLimit() {
    byte[] first = Nals.slice(95);
    byte[] second = Nals.slice(NalUnit.SLICE, 7, 0, 100);

    packetizer.annexB(annexB(first, second), 5);

    assertThat(log.payloads()).containsExactly(stapA(first, second));
    assertThat(log.last().payload()).hasSize(200);
  }

  @Test
  void shouldInsertParameterSetsJustBeforeSlice() {
    packetizer.parameterSet(SPS);
    packetizer.parameterSet(PPS);

    packetizer.annexB(annexB(Nals.aud(), Nals.idr(0, 30)), 5);

    assertThat(log.payloads()).containsExactly(Nals.aud(), stapA(SPS, PPS), Nals.idr(0, 30));
    assertThat(log.keyframes).containsExactly(100L);
  }

  @Test
  void shouldKeepParameterSetsOfAccessUnitWithoutPicture() {
    assertThat(packetizer.annexB(annexB(SPS, PPS), 4)).isTrue();
    assertThat(log.packets).isEmpty();

    packetizer.annexB(annexB(Nals.idr(0, 30)), 5);

    assertThat(log.payloads()).containsExactly(stapA(SPS, PPS), Nals.idr(0, 30));
    assertThat(packetizer.sequenceParameterSet()).isNotNull();
  }

  @Test
  void shouldAcceptStartCodesOfAnyLengthAndTrailingZeros() {
    byte[] slice = Nals.slice(30);
    byte[] other = Nals.slice(NalUnit.SLICE, 4, 0, 180);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0, 0, 0, 0, 0, 1});
    bytes.writeBytes(slice);
    bytes.writeBytes(new byte[] {0, 0, 0, 0, 0, 1, 0, 0, 1});
    bytes.writeBytes(other);
    bytes.writeBytes(new byte[] {0, 0, 0, 0});

    assertThat(packetizer.annexB(ByteBuffer.wrap(bytes.toByteArray()), 1)).isTrue();

    assertThat(log.payloads()).containsExactly(slice, other);
  }

  @Test
  void shouldRejectAccessUnitWithoutStartCodeAtItsBeginning() {
    byte[] slice = Nals.slice(30);
    packetizer.annexB(annexB(slice), 1);

    assertThat(packetizer.annexB(ByteBuffer.wrap(slice), 2)).isFalse();
    assertThat(packetizer.annexB(ByteBuffer.allocate(0), 2)).isFalse();
    assertThat(packetizer.annexB(ByteBuffer.allocate(9), 2)).isFalse();
    assertThat(packetizer.annexB(ByteBuffer.wrap(new byte[] {7, 0, 0, 1, 0x65, 1}), 2)).isFalse();
    assertThat(packetizer.annexB(ByteBuffer.wrap(new byte[] {0, 1, 0x65, 1}), 2)).isFalse();
    assertThat(packetizer.annexB(ByteBuffer.wrap(new byte[] {0, 0, 1, 0}), 2)).isFalse();
    assertThat(packetizer.lengthPrefixed(ByteBuffer.allocate(0), 4, 2)).isFalse();
    packetizer.annexB(annexB(slice), 3);

    assertThat(log.payloads()).containsExactly(slice, slice);
    assertThat(log.gaps).hasSize(1);
    assertThat(packetizer.counters().get(H264Counter.MALFORMED_ACCESS_UNIT)).isEqualTo(7);
  }

  @Test
  void shouldAcceptLengthsOfAllSizes() {
    byte[] slice = Nals.slice(30);
    byte[] other = Nals.slice(NalUnit.SLICE, 4, 0, 180);
    for (int lengthSize : new int[] {1, 2, 4}) {
      assertThat(packetizer.lengthPrefixed(prefixed(lengthSize, slice, other), lengthSize, 1))
          .isTrue();
    }
    assertThat(log.payloads()).containsExactly(slice, other, slice, other, slice, other);
  }

  @Test
  void shouldRejectLengthsThatDoNotAddUp() {
    byte[] valid = prefixed(4, Nals.slice(30), Nals.slice(40)).array();
    for (int cut = 1; cut < valid.length; cut++) {
      if (cut != 34) {
        assertThat(packetizer.lengthPrefixed(ByteBuffer.wrap(valid, 0, cut), 4, 1)).isFalse();
      }
    }
    byte[] negative = {-1, -1, -1, -1, 0x65, 1, 2, 3};
    assertThat(packetizer.lengthPrefixed(ByteBuffer.wrap(negative), 4, 1)).isFalse();

    assertThat(log.packets).isEmpty();
    assertThat(log.gaps).hasSize(1);
  }

  @Test
  void shouldRefuseOtherLengthSizes() {
    assertThatThrownBy(() -> packetizer.lengthPrefixed(ByteBuffer.allocate(9), 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lengthSize");
  }

  @Test
  void shouldLeaveOutFillerAndUndefinedNalUnits() {
    byte[] filler = {NalUnit.FILLER, -1, -1, (byte) 0x80};
    byte[] undefined = {24, 1, 2, 3};
    byte[] forbidden = {(byte) 0xE1, 1, 2, 3};
    byte[] slice = Nals.slice(30);

    packetizer.annexB(annexB(undefined, slice, forbidden, filler), 1);

    assertThat(log.payloads()).containsExactly(slice);
    assertThat(log.markers()).containsExactly(true);
    assertThat(packetizer.counters().get(H264Counter.MALFORMED_NAL_UNIT)).isEqualTo(1);
    assertThat(packetizer.counters().get(H264Counter.FORBIDDEN_BIT)).isEqualTo(1);
    assertThat(packetizer.counters().get(H264Counter.FILLER_DROPPED)).isEqualTo(1);
  }

  @Test
  void shouldTakeAnyKindOfBufferFromPositionToLimit() {
    byte[] slice = Nals.slice(300);
    ByteBuffer plain = annexB(slice);
    ByteBuffer heap = ByteBuffer.allocate(400).position(50);
    heap.put(plain.duplicate()).limit(heap.position()).position(50);
    ByteBuffer direct = ByteBuffer.allocateDirect(400).position(50);
    direct.put(plain.duplicate()).limit(direct.position()).position(50);

    List<ByteBuffer> buffers =
        List.of(
            heap,
            heap.asReadOnlyBuffer(),
            heap.slice(),
            heap.duplicate().order(ByteOrder.LITTLE_ENDIAN),
            direct,
            direct.asReadOnlyBuffer(),
            direct.slice(),
            direct.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    for (ByteBuffer buffer : buffers) {
      int position = buffer.position();
      assertThat(packetizer.annexB(buffer, 1)).isTrue();
      assertThat(buffer.position()).isEqualTo(position);
    }

    assertThat(log.nals()).hasSize(buffers.size()).allMatch(n -> n.has(slice));
  }

  @Test
  void shouldDeliverRandomAccessUnits() {
    Random random = new Random(17);
    for (int round = 0; round < 400; round++) {
      int maxPayload = 32 + random.nextInt(1400);
      RecordedLog output = new RecordedLog();
      H264Packetizer any = new H264Packetizer(output, maxPayload);
      List<byte[]> expected = new ArrayList<>();
      for (int ts = 0; ts < 4; ts++) {
        byte[][] nals = randomNals(random);
        boolean framed =
            random.nextBoolean()
                ? any.annexB(annexB(nals), ts)
                : any.lengthPrefixed(prefixed(4, nals), 4, ts);
        assertThat(framed).isTrue();
        expected.addAll(Arrays.asList(nals));
      }
      assertNals(output.nals(), expected);
      assertThat(output.packets).allMatch(p -> p.payload().length <= maxPayload);
      assertThat(output.packets.stream().filter(RecordedLog.Packet::marker)).hasSize(4);
      assertThat(output.isOpen()).isFalse();
    }
  }

  @Test
  void shouldSurviveRandomBytes() {
    Random random = new Random(23);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= (byte) random.nextInt(4);
      }
      packetizer.annexB(ByteBuffer.wrap(bytes), round);
      packetizer.lengthPrefixed(ByteBuffer.wrap(bytes), 1 << random.nextInt(3), round);
      assertThat(log.isOpen()).isFalse();
    }
    assertThat(log.packets).isNotEmpty().allMatch(p -> p.payload().length <= 200);
    log.nals();
  }

  private static byte[][] randomNals(Random random) {
    int count = 1 + random.nextInt(6);
    byte[][] nals = new byte[count][];
    for (int i = 0; i < count; i++) {
      int size = 2 + random.nextInt(random.nextBoolean() ? 60 : 3000);
      nals[i] = Nals.bytes(random, size);
      nals[i][0] = (byte) (random.nextInt(4) << 5 | NalUnit.SLICE);
    }
    return nals;
  }

  static ByteBuffer annexB(byte[]... nals) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] nal : nals) {
      bytes.writeBytes(bytes.size() % 2 == 0 ? new byte[] {0, 0, 0, 1} : new byte[] {0, 0, 1});
      bytes.writeBytes(nal);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  static ByteBuffer prefixed(int lengthSize, byte[]... nals) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] nal : nals) {
      for (int i = lengthSize - 1; i >= 0; i--) {
        bytes.write(nal.length >> 8 * i);
      }
      bytes.writeBytes(nal);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
