package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** RFC 4585 section 6.2.1. */
class GenericNackTest {
  private static final byte[] NACK =
      Bytes.hex(
          "81 cd 0004",
          "11223344",
          "55667788",
          "0064 8001", // 100, and bits 0 and 15: 101 and 116
          "fffe 0006"); // 65534, and bits 1 and 2: 0 and 1

  @Test
  void shouldHandOverEachLostPacket() {
    assertThat(GenericNack.isValid(NACK, 0, NACK.length)).isTrue();
    assertThat(FeedbackHeader.senderSsrc(NACK, 0)).isEqualTo(0x11223344);
    assertThat(FeedbackHeader.mediaSsrc(NACK, 0)).isEqualTo(0x55667788);
    assertThat(lost(NACK)).containsExactly(100, 101, 116, 65534, 0, 1);
  }

  @Test
  void shouldPackSequenceNumbersIntoEntries() {
    int[] lost = {100, 101, 116, 65534, 0, 1};
    byte[] bytes = new byte[GenericNack.length(lost, 0, lost.length)];

    int length = GenericNack.write(bytes, 0, 0x11223344, 0x55667788, lost, 0, lost.length);

    assertThat(length).isEqualTo(NACK.length);
    assertThat(bytes).isEqualTo(NACK);
  }

  @Test
  void shouldStartAnEntryBehindTheMask() {
    int[] lost = {10, 26, 27};

    assertThat(GenericNack.length(lost, 0, 2)).isEqualTo(16);
    assertThat(GenericNack.length(lost, 0, 3)).isEqualTo(20);
    assertThat(GenericNack.length(lost, 1, 3)).isEqualTo(16);
  }

  @Test
  void shouldWriteAPartOfTheArray() {
    int[] lost = {1, 100, 102, 9_000};
    byte[] bytes = new byte[16];

    GenericNack.write(bytes, 0, 1, 2, lost, 1, 3);

    assertThat(lost(bytes)).containsExactly(100, 102);
  }

  @Test
  void shouldWriteDuplicatesOnce() {
    int[] lost = {7, 7, 8, 8, 7};
    byte[] bytes = new byte[GenericNack.length(lost, 0, lost.length)];

    GenericNack.write(bytes, 0, 1, 2, lost, 0, lost.length);

    assertThat(lost(bytes)).containsExactly(7, 8);
  }

  @Test
  void shouldRefuseToWriteNothing() {
    assertThatThrownBy(() -> GenericNack.write(new byte[16], 0, 1, 2, new int[3], 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseAMessageWithoutEntry() {
    assertThat(GenericNack.isValid(NACK, 0, 16)).isTrue();
    assertThat(GenericNack.isValid(NACK, 0, 15)).isFalse();
    assertThat(GenericNack.isValid(NACK, 0, 12)).isFalse();
  }

  @Test
  void shouldReadBackAnySetOfSequenceNumbers() {
    Random random = new Random(6_21);
    for (int i = 0; i < 2_000; i++) {
      int first = random.nextInt(65_536);
      TreeSet<Integer> steps = new TreeSet<>();
      int span = 1 + random.nextInt(600);
      for (int n = 1 + random.nextInt(100); n > 0; n--) {
        steps.add(random.nextInt(span));
      }
      int[] sequenceNumbers = steps.stream().mapToInt(step -> first + step & 0xFFFF).toArray();
      byte[] bytes = new byte[GenericNack.length(sequenceNumbers, 0, sequenceNumbers.length)];

      GenericNack.write(bytes, 0, 1, 2, sequenceNumbers, 0, sequenceNumbers.length);

      assertThat(GenericNack.isValid(bytes, 0, bytes.length)).isTrue();
      assertThat(lost(bytes).stream().mapToInt(Integer::intValue).toArray())
          .isEqualTo(sequenceNumbers);
    }
  }

  @Test
  void shouldReadBackSequenceNumbersInAnyOrder() {
    Random random = new Random(6_22);
    for (int i = 0; i < 1_000; i++) {
      int[] sequenceNumbers = random.ints(20, 0, 200).toArray();
      byte[] bytes = new byte[GenericNack.length(sequenceNumbers, 0, sequenceNumbers.length)];

      GenericNack.write(bytes, 0, 1, 2, sequenceNumbers, 0, sequenceNumbers.length);

      TreeSet<Integer> expected = new TreeSet<>();
      for (int sequenceNumber : sequenceNumbers) {
        expected.add(sequenceNumber);
      }
      assertThat(new TreeSet<>(lost(bytes))).isEqualTo(expected);
    }
  }

  private static List<Integer> lost(byte[] message) {
    List<Integer> lost = new ArrayList<>();
    GenericNack.forEachLost(message, 0, message.length, lost::add);
    return lost;
  }
}
