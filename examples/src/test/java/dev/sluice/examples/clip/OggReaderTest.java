package dev.sluice.examples.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OggReaderTest {

  @Test
  void shouldReadPacketsOfOnePage() throws IOException {
    byte[] file = page(new int[] {3, 0, 2}, new byte[] {1, 2, 3, 4, 5});

    assertThat(OggReader.packets(file))
        .containsExactly(
            ByteBuffer.wrap(new byte[] {1, 2, 3}),
            ByteBuffer.wrap(new byte[0]),
            ByteBuffer.wrap(new byte[] {4, 5}));
  }

  @Test
  void shouldJoinAPacketThatSpansPages() throws IOException {
    byte[] first = page(new int[] {255}, new byte[255]);
    byte[] second = page(new int[] {255, 1}, new byte[256]);

    assertThat(OggReader.packets(concat(first, second)))
        .singleElement()
        .extracting(ByteBuffer::remaining)
        .isEqualTo(511);
  }

  @Test
  void shouldRefuseWhatIsNotOgg() {
    assertThatThrownBy(() -> OggReader.packets(new byte[64]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("byte 0");
  }

  @Test
  void shouldRefuseAnyTruncationOrReadFewerPackets() throws IOException {
    byte[] file =
        concat(page(new int[] {200, 255}, new byte[455]), page(new int[] {9}, new byte[9]));
    int whole = OggReader.packets(file).size();
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        assertThat(OggReader.packets(cut)).hasSizeLessThan(whole);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("Ogg");
      }
    }
  }

  @Test
  void shouldOnlyThrowIoExceptionsForDamage() throws IOException {
    byte[] file =
        concat(page(new int[] {200, 255}, new byte[455]), page(new int[] {9}, new byte[9]));
    Random random = new Random(3);
    for (int run = 0; run < 20_000; run++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      damaged[random.nextInt(30)] ^= (byte) (1 << random.nextInt(8));
      try {
        OggReader.packets(damaged);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("Ogg");
      }
    }
  }

  private static byte[] page(int[] segments, byte[] body) {
    ByteBuffer page = ByteBuffer.allocate(27 + segments.length + body.length);
    page.put(new byte[] {'O', 'g', 'g', 'S'}).position(26).put((byte) segments.length);
    for (int segment : segments) {
      page.put((byte) segment);
    }
    return page.put(body).array();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
