package dev.sluice.examples.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccessUnitsTest {

  @Test
  void shouldSplitAtDelimiters() {
    List<ByteBuffer> units =
        AccessUnits.split(hex("000001 09F0 000001 65AA 000001 09F0 000001 41"));

    assertThat(units)
        .containsExactly(
            ByteBuffer.wrap(hex("000001 09F0 000001 65AA")),
            ByteBuffer.wrap(hex("000001 09F0 000001 41")));
  }

  @Test
  void shouldLeaveOutWhatStandsBeforeTheFirstDelimiter() {
    assertThat(AccessUnits.split(hex("00000165AA 00000109F0"))).hasSize(1);
    assertThat(AccessUnits.split(hex("00000165AA"))).isEmpty();
    assertThat(AccessUnits.split(new byte[0])).isEmpty();
    assertThat(AccessUnits.split(hex("000001"))).isEmpty();
  }

  @Test
  void shouldKeepEveryByteAfterTheFirstDelimiter() {
    Random random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      byte[] stream = new byte[random.nextInt(200)];
      for (int i = 0; i < stream.length; i++) {
        stream[i] = new byte[] {0, 0, 0, 1, 9, 0x65}[random.nextInt(6)];
      }

      List<ByteBuffer> units = AccessUnits.split(stream);

      int total = units.stream().mapToInt(ByteBuffer::remaining).sum();
      assertThat(total).isLessThanOrEqualTo(stream.length);
      if (!units.isEmpty()) {
        byte[] tail = new byte[total];
        ByteBuffer joined = ByteBuffer.wrap(tail);
        units.forEach(unit -> joined.put(unit.duplicate()));
        assertThat(stream).endsWith(tail);
      }
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
