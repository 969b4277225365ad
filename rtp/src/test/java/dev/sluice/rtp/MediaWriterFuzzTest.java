package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.rtp.av1.Av1Writer;
import dev.sluice.rtp.h265.H265Writer;
import dev.sluice.rtp.opus.OpusDuration;
import dev.sluice.rtp.vp8.Vp8Writer;
import dev.sluice.rtp.vp9.Vp9Writer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a source sends, nothing is thrown, no payload is too large, and none stays open. */
class MediaWriterFuzzTest {
  private static final int MAX_PAYLOAD = 100;
  private static final int TICKS = 3_000;
  private static final int LONGEST_OPUS = 120 * 48;
  private static final int MARKER = 1;
  private static final int LOST = 2;
  private static final int NEW_FRAME = 4;

  static Stream<byte[]> vp8() {
    return Stream.of(
        payloads("1000aabb", "00ccdd", "1001aabb"),
        payloads("908011" + "00aa".repeat(75), "808011" + "bb".repeat(20)),
        payloads("90e08123450200aabb", "f080ffff6100aabb"));
  }

  @MethodSource("vp8")
  @FuzzTest
  void shouldWriteAnyPayloadsOfVp8(byte @NotNull [] bytes) {
    PayloadRecorder log = new PayloadRecorder();
    write(bytes, new Vp8Writer(log, MAX_PAYLOAD), log);
  }

  static Stream<byte[]> vp9() {
    return Stream.of(
        payloads("ac0100058249834200", "ac01030582aa", "ec02420686aa"),
        payloads("d0ff0202" + "86aa".repeat(75), "d0ff0202" + "bb".repeat(20)),
        payloads("0e18028001e001040182498342" + "aa".repeat(140)));
  }

  @MethodSource("vp9")
  @FuzzTest
  void shouldWriteAnyPayloadsOfVp9(byte @NotNull [] bytes) {
    PayloadRecorder log = new PayloadRecorder();
    write(bytes, new Vp9Writer(log, MAX_PAYLOAD), log);
  }

  static Stream<byte[]> h265() {
    String sets = "40010c01ffff01600000030090000003000003003c959809";
    return Stream.of(
        payloads(sets, "4401c172b46240", "2601a0" + "aa".repeat(150)),
        payloads("6001" + "00032601a0" + "00030201a0", "0201a0bb"),
        payloads("620193a0" + "aa".repeat(60), "620113aa", "620153bb"),
        payloads("4601", "0001a0bb", "5001aa"));
  }

  @MethodSource("h265")
  @FuzzTest
  void shouldWriteAnyPayloadsOfH265(byte @NotNull [] bytes) {
    PayloadRecorder log = new PayloadRecorder();
    write(bytes, new H265Writer(log, MAX_PAYLOAD, false), log);
    cut(bytes, H265Writer.cutter());
  }

  static Stream<byte[]> av1() {
    return Stream.of(
        payloads("1808000000000000000000" + "3010" + "aa".repeat(20), "103030bb"),
        payloads("58" + "3010" + "aa".repeat(90), "90" + "bb".repeat(40)),
        payloads("280a080000" + "1200" + "32021030", "00021200320430aabb"));
  }

  @MethodSource("av1")
  @FuzzTest
  void shouldWriteAnyPayloadsOfAv1(byte @NotNull [] bytes) {
    PayloadRecorder log = new PayloadRecorder();
    write(bytes, new Av1Writer(log, MAX_PAYLOAD), log);
    cut(bytes, Av1Writer.cutter());
  }

  /** each frame lies in what is left of the stream */
  private static void cut(byte[] bytes, FrameCutter cutter) {
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    for (int length; (length = cutter.cut(stream, true)) != 0; ) {
      assertThat(length).isBetween(1, stream.readableBytes());
      stream.skipBytes(length);
    }
  }

  static Stream<byte[]> opus() {
    return Stream.of(payloads("78aabb", "fb7faabb"), payloads("fc", "08" + "aa".repeat(120)));
  }

  @MethodSource("opus")
  @FuzzTest
  void shouldPassAnyPayloads(byte @NotNull [] bytes) {
    PayloadRecorder log = new PayloadRecorder();
    write(bytes, new PassThroughNormalizer(log, MAX_PAYLOAD), log);
    int ticks = OpusDuration.ticks(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    assertThat(ticks).isBetween(OpusDuration.UNKNOWN, LONGEST_OPUS);
  }

  /** the stream's framing is that of RTSP, with the channel as flags */
  private static byte[] payloads(String... payloads) {
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < payloads.length; i++) {
      byte[] payload = HexFormat.of().parseHex(payloads[i]);
      InterleavedFrames.writeHeader(stream, MARKER | (i % 2 == 0 ? NEW_FRAME : 0), payload.length);
      stream.writeBytes(payload);
    }
    return ByteBufUtil.getBytes(stream);
  }

  private static void write(byte[] bytes, MediaWriter writer, PayloadRecorder log) {
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    int timestamp = -TICKS;
    while (frames.next(stream) == InterleavedFrames.Status.FRAME) {
      int flags = frames.channel();
      timestamp += (flags & NEW_FRAME) == 0 ? 0 : TICKS;
      writer.accept(
          stream,
          frames.offset(),
          frames.length(),
          timestamp,
          (flags & MARKER) != 0,
          (flags & LOST) != 0);
    }
    byte[] rest = Arrays.copyOfRange(bytes, stream.readerIndex(), bytes.length);
    writer.frame(ByteBuffer.wrap(rest), timestamp + TICKS);
    writer.end();
    assertThat(log.packets).allMatch(packet -> packet.payload().length <= MAX_PAYLOAD);
    assertThat(log.isOpen()).isFalse();
  }
}
