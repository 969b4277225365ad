package dev.sluice.rtcp;

import static dev.sluice.rtcp.TransportFeedback.NOT_RECEIVED;
import static dev.sluice.rtcp.TransportFeedback.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. */
class TransportFeedbackWriterTest {
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private final byte[] bytes = new byte[2_000];

  @Test
  void shouldWriteVectorsAndDeltas() {
    writer.wrap(bytes, 0, 100, 0x11223344, 0x55667788, 0x107, 65_534);
    add(65_534, 260);
    add(65_535, 268);
    add(0, 268);
    add(1, 523);
    add(14, 524);
    add(15, 520);
    add(17, 522);

    assertThat(finished())
        .isEqualTo(
            Bytes.hex(
                "8f cd 0007",
                "11223344",
                "55667788",
                "fffe 0014",
                "000001 07",
                "bc00", // one-bit vector: 4 arrived, 10 lost
                "c184", // two-bit vector: lost, lost, small, large, lost, small
                "04 08 00 ff 01 fffc 02"));
  }

  @Test
  void shouldWriteRuns() {
    writer.wrap(bytes, 0, 200, 1, 2, 0, 10);
    for (int i = 0; i < 20; i++) {
      add(10 + i, 5);
    }
    add(1_000, 5);

    byte[] message = finished();

    assertThat(Arrays.copyOfRange(message, 20, 26)).isEqualTo(Bytes.hex("2014 03ca 2001"));
  }

  @Test
  void shouldWriteARunOfLargeDeltas() {
    writer.wrap(bytes, 0, 200, 1, 2, 0, 0);
    for (int i = 0; i <= 30; i++) {
      add(i, i * 300);
    }

    byte[] message = finished();

    assertThat(Arrays.copyOfRange(message, 20, 24)).isEqualTo(Bytes.hex("daaa", "4018"));
  }

  @Test
  void shouldPadWithZeros() {
    Arrays.fill(bytes, (byte) 0xff);
    writer.wrap(bytes, 0, 100, 1, 2, 0, 0);
    add(0, 7);

    assertThat(Arrays.copyOfRange(finished(), 20, 24)).isEqualTo(Bytes.hex("2001 07 00"));
  }

  @Test
  void shouldTellOfLossBeforeTheFirstArrival() {
    writer.wrap(bytes, 0, 100, 1, 2, 0, 100);
    add(103, 7);

    byte[] message = finished();

    assertThat(TransportFeedback.baseSequenceNumber(message, 0)).isEqualTo(100);
    assertThat(TransportFeedback.statusCount(message, 0)).isEqualTo(4);
    assertThat(arrivals(message)).containsEntry(102, NOT_RECEIVED).containsEntry(103, 7L);
  }

  @Test
  void shouldWriteTimesBeforeTheOriginOfTheClock() {
    writer.wrap(bytes, 0, 100, 1, 2, 0, 0);
    add(0, -1);
    add(1, -300);

    assertThat(arrivals(finished())).containsEntry(0, -1L).containsEntry(1, -300L);
  }

  @Test
  void shouldWrapTheReferenceTimeAt24Bits() {
    long wrap = (1L << 24) * 256;
    writer.wrap(bytes, 0, 100, 1, 2, 0, 0);
    add(0, 5 * wrap + 1_000);
    add(1, 5 * wrap + 900);

    assertThat(arrivals(finished())).containsEntry(0, 1_000L).containsEntry(1, 900L);
  }

  @Test
  void shouldRefuseAnArrivalTooFarFromTheOneBefore() {
    writer.wrap(bytes, 0, 100, 1, 2, 0, 0);
    add(0, 0);

    assertThat(writer.add(1, 32_768 * TICK_NANOS)).isFalse();
    assertThat(writer.add(1, -32_769 * TICK_NANOS)).isFalse();
    assertThat(writer.add(1, 32_767 * TICK_NANOS)).isTrue();
    assertThat(writer.add(2, -TICK_NANOS)).isTrue();
    assertThat(arrivals(finished())).containsEntry(1, 32_767L).containsEntry(2, -1L).hasSize(3);
  }

  @Test
  void shouldRefuseMoreThan65535Packets() {
    writer.wrap(bytes, 0, 200, 1, 2, 0, 0);
    add(32_767, 0);
    add(65_534, 0);

    assertThat(writer.add(65_535, 0)).isFalse();
    byte[] message = finished();
    assertThat(TransportFeedback.statusCount(message, 0)).isEqualTo(65_535);
    assertThat(TransportFeedback.isValid(message, 0, message.length)).isTrue();
  }

  @Test
  void shouldTakeTheFirstPacketHoweverSmallTheCapacity() {
    for (int lost = 0; lost <= 32_767; lost += 31) {
      writer.wrap(bytes, 0, TransportFeedbackWriter.MIN_CAPACITY, 1, 2, 0, 0);
      assertThat(writer.add(lost, 123_456_789)).isTrue();
      assertThat(writer.finish()).isLessThanOrEqualTo(TransportFeedbackWriter.MIN_CAPACITY);
    }
  }

  @Test
  void shouldRefuseMisuse() {
    assertThatThrownBy(() -> writer.wrap(bytes, 0, 39, 1, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.wrap(bytes, 1_990, 40, 1, 2, 0, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    writer.wrap(bytes, 0, 100, 1, 2, 0, 10);
    assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    add(10, 0);
    assertThatThrownBy(() -> writer.add(10, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSpendAboutAByteAPacketOnSteadyArrival() {
    writer.wrap(bytes, 0, 1_200, 1, 2, 0, 0);
    int count = 0;
    while (writer.add(count, count * TICK_NANOS)) {
      count++;
    }

    assertThat(count).isGreaterThan(1_160);
  }

  @Test
  void shouldReadBackAnyArrivals() {
    Random random = new Random(31);
    for (int round = 0; round < 2_000; round++) {
      TreeMap<Integer, Long> sent = randomArrivals(random);
      TreeMap<Integer, Long> read = new TreeMap<>();
      int base = random.nextInt(65_536);
      int capacity = TransportFeedbackWriter.MIN_CAPACITY + random.nextInt(400);
      int at = random.nextInt(20);
      int next = sent.firstKey() - random.nextInt(20);
      int first = next;
      while (next <= sent.lastKey()) {
        next = writeMessage(random, sent, base, next, at, capacity, read);
      }
      assertThat(read.firstKey()).isEqualTo(first);
      assertThat(read).hasSize(sent.lastKey() - first + 1);
      read.values().removeIf(arrival -> arrival == NOT_RECEIVED);
      assertThat(read).isEqualTo(sent);
    }
  }

  /**
   * writes the packets from a number on, as many as fit, and reads them; returns the next number
   */
  private int writeMessage(
      Random random,
      TreeMap<Integer, Long> sent,
      int base,
      int from,
      int at,
      int capacity,
      TreeMap<Integer, Long> read) {
    random.nextBytes(bytes);
    byte[] before = bytes.clone();
    writer.wrap(bytes, at, capacity, random.nextInt(), random.nextInt(), 3, base + from);
    int next = from;
    for (Map.Entry<Integer, Long> packet : sent.tailMap(from).entrySet()) {
      if (!writer.add(base + packet.getKey() & 0xFFFF, packet.getValue() * TICK_NANOS + 7)) {
        break;
      }
      next = packet.getKey() + 1;
    }
    int length = writer.finish();

    assertThat(next).isGreaterThan(from);
    assertThat(length).isLessThanOrEqualTo(capacity).isEqualTo(RtcpHeader.length(bytes, at));
    assertThat(Arrays.copyOf(bytes, at)).isEqualTo(Arrays.copyOf(before, at));
    assertThat(Arrays.copyOfRange(bytes, at + capacity, bytes.length))
        .isEqualTo(Arrays.copyOfRange(before, at + capacity, bytes.length));
    byte[] message = Bytes.copyOf(bytes, at, length);
    assertThat(TransportFeedback.isValid(message, 0, length)).isTrue();
    assertThat(TransportFeedback.baseSequenceNumber(message, 0)).isEqualTo(base + from & 0xFFFF);
    assertThat(TransportFeedback.statusCount(message, 0)).isEqualTo(next - from);
    int number = from;
    for (Long arrival : inOrder(message)) {
      read.put(number++, arrival);
    }
    return next;
  }

  /** arrival in ticks by packet number, with runs of loss and of steady, jumpy and late arrival */
  private static TreeMap<Integer, Long> randomArrivals(Random random) {
    TreeMap<Integer, Long> arrivals = new TreeMap<>();
    long ticks = random.nextInt(1 << 30);
    int number = 0;
    for (int runs = 1 + random.nextInt(12); runs > 0; runs--) {
      int length = 1 + random.nextInt(30);
      int kind = random.nextInt(5);
      for (int i = 0; i < length; i++) {
        ticks += kind == 4 ? random.nextInt(80_000) - 40_000 : random.nextInt(kind == 3 ? 600 : 99);
        if (random.nextInt(10) >= kind) {
          arrivals.put(number, ticks);
        }
        number += random.nextInt(500) == 0 ? 9_000 : 1;
      }
      number += random.nextInt(30);
    }
    arrivals.put(number, ticks);
    return arrivals;
  }

  private void add(int sequenceNumber, long ticks) {
    assertThat(writer.add(sequenceNumber, ticks * TICK_NANOS)).isTrue();
  }

  private byte[] finished() {
    return Bytes.copyOf(bytes, 0, writer.finish());
  }

  private static List<Long> inOrder(byte[] message) {
    List<Long> arrivals = new ArrayList<>();
    TransportFeedback.forEachPacket(
        message, 0, (sequenceNumber, arrivalNanos) -> arrivals.add(ticks(arrivalNanos)));
    return arrivals;
  }

  private static Map<Integer, Long> arrivals(byte[] message) {
    Map<Integer, Long> arrivals = new TreeMap<>();
    TransportFeedback.forEachPacket(
        message,
        0,
        (sequenceNumber, arrivalNanos) -> arrivals.put(sequenceNumber, ticks(arrivalNanos)));
    return arrivals;
  }

  private static long ticks(long arrivalNanos) {
    return arrivalNanos == NOT_RECEIVED ? NOT_RECEIVED : arrivalNanos / TICK_NANOS;
  }
}
