package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are read as packets, alike however they are split, and as they were written. */
class FrameDecoderFuzzTest {
  private static final int MOST = 64;

  static Stream<byte[]> streams() {
    return Stream.of(
            "0001ff0003000102", "00000000000201", "0040" + "ab".repeat(64), "004100", "ffff")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("streams")
  @FuzzTest
  void shouldReadTheSameHoweverItIsSplit(byte @NotNull [] bytes) {
    String whole = read(bytes, Math.max(1, bytes.length));
    assertThat(read(bytes, 1)).isEqualTo(whole);
    assertThat(read(bytes, 3)).isEqualTo(whole);
  }

  private static String read(byte[] bytes, int piece) {
    List<String> packets = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder(MOST);
    for (int at = 0; at < bytes.length; at += piece) {
      ByteBuf in = Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at));
      int length = decoder.next(in);
      for (; length > 0; length = decoder.next(in)) {
        packets.add(HexFormat.of().formatHex(Arrays.copyOf(decoder.packet(), length)));
      }
      if (length == FrameDecoder.TOO_LONG) {
        return packets + " and too long a one";
      }
      assertThat(in.isReadable()).isFalse();
    }
    return packets.toString();
  }
}
