package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private final FrameDecoder decoder = new FrameDecoder(4);

  @Test
  void shouldFindPacketsOneBehindTheOther() {
    ByteBuf in = bytes(0, 2, 7, 8, 0, 1, 9);
    assertThat(decoder.next(in)).isEqualTo(2);
    assertThat(Arrays.copyOf(decoder.packet(), 2)).containsExactly(7, 8);
    assertThat(decoder.next(in)).isEqualTo(1);
    assertThat(decoder.packet()[0]).isEqualTo((byte) 9);
    assertThat(decoder.next(in)).isEqualTo(FrameDecoder.INCOMPLETE);
  }

  @Test
  void shouldWaitForTheRestOfAPacket() {
    assertThat(decoder.next(bytes(0))).isEqualTo(FrameDecoder.INCOMPLETE);
    assertThat(decoder.next(bytes(4, 1))).isEqualTo(FrameDecoder.INCOMPLETE);
    assertThat(decoder.next(bytes(2, 3))).isEqualTo(FrameDecoder.INCOMPLETE);
    assertThat(decoder.next(bytes(4))).isEqualTo(4);
    assertThat(decoder.packet()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void shouldPassOverEmptyPackets() {
    assertThat(decoder.next(bytes(0, 0, 0, 0, 0, 1, 5))).isEqualTo(1);
    assertThat(decoder.packet()[0]).isEqualTo((byte) 5);
  }

  @Test
  void shouldReadNothingMoreWhenALengthIsTooLarge() {
    ByteBuf in = bytes(0, 5, 1, 2, 3, 4, 5, 0, 1, 6);
    assertThat(decoder.next(in)).isEqualTo(FrameDecoder.TOO_LONG);
    assertThat(decoder.next(in)).isEqualTo(FrameDecoder.TOO_LONG);
  }

  private static ByteBuf bytes(int... values) {
    ByteBuf bytes = Unpooled.buffer(values.length);
    Arrays.stream(values).forEach(bytes::writeByte);
    return bytes;
  }
}
