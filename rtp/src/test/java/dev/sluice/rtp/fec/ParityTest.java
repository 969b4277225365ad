package dev.sluice.rtp.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ParityTest {
  private static final int SIZE = 64;

  private final Random random = new Random(3);

  @Test
  void shouldAddEachByteAndNoOther() {
    for (int length = 0; length < SIZE; length++) {
      byte[] parity = bytes();
      byte[] added = bytes();
      byte[] expected = parity.clone();
      int at = random.nextInt(SIZE - length + 1);
      int start = random.nextInt(SIZE - length + 1);
      for (int i = 0; i < length; i++) {
        expected[at + i] ^= added[start + i];
      }
      Parity.add(parity, at, added, start, length);
      assertThat(parity).as("%d bytes", length).isEqualTo(expected);
    }
  }

  @Test
  void shouldTakeOutWhatIsAddedTwice() {
    byte[] parity = bytes();
    byte[] before = parity.clone();
    byte[] added = bytes();
    Parity.add(parity, 0, added, 0, SIZE);
    Parity.add(parity, 0, added, 0, SIZE);
    assertThat(parity).isEqualTo(before);
  }

  @Test
  void shouldRefuseARangeOutsideItsArray() {
    assertThatThrownBy(() -> Parity.add(bytes(), 60, bytes(), 0, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Parity.add(bytes(), 0, bytes(), 63, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return bytes;
  }
}
