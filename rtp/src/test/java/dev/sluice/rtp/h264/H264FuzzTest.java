package dev.sluice.rtp.h264;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a source sends, nothing is thrown, and the log's contract is kept. */
class H264FuzzTest {
  private static final int MAX_PAYLOAD = 100;
  private static final int TICKS = 3_000;
  private static final int MARKER = 1;
  private static final int LOST = 2;
  private static final int NEW_PICTURE = 4;

  static Stream<byte[]> payloads() {
    byte[] idr = Nals.slice(NalUnit.IDR, 0, 0, 250);
    byte[] slice = Nals.slice(40);
    return Stream.of(
        payloads(slice, idr, Feed.stapA(slice, slice)),
        payloads(
            Feed.fu(idr, 1, 90, true, false),
            Feed.fu(idr, 90, 250, false, true),
            Feed.fu(slice, 1, 40, true, true)),
        payloads(new byte[] {NalUnit.AUD, 0x10}, new byte[] {NalUnit.FILLER}, slice));
  }

  /** the stream's framing is that of RTSP, with the channel as flags */
  private static byte[] payloads(byte[]... payloads) {
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < payloads.length; i++) {
      InterleavedFrames.writeHeader(
          stream, MARKER | (i % 2 == 0 ? NEW_PICTURE : 0), payloads[i].length);
      stream.writeBytes(payloads[i]);
    }
    return ByteBufUtil.getBytes(stream);
  }

  @MethodSource("payloads")
  @FuzzTest
  void shouldNormalizeAnyPayloads(byte @NotNull [] bytes) {
    H264Normalizer normalizer = new H264Normalizer(new RecordedLog(), MAX_PAYLOAD);
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    int timestamp = -TICKS;
    while (frames.next(stream) == InterleavedFrames.Status.FRAME) {
      int flags = frames.channel();
      timestamp += (flags & NEW_PICTURE) == 0 ? 0 : TICKS;
      normalizer.accept(
          stream,
          frames.offset(),
          frames.length(),
          timestamp,
          (flags & MARKER) != 0,
          (flags & LOST) != 0);
    }
    normalizer.flush();
  }

  static Stream<byte[]> accessUnits() {
    return Stream.of(
        new byte[] {0, 0, 0, 1, 0x67, 0x42, 0, 0x0A, 0, 0, 1, 0x65, (byte) 0x88, 0, 0, 1, 0x41, 2},
        new byte[] {0, 0, 0, 2, 0x65, (byte) 0x88, 0, 0, 0, 1, 0x09});
  }

  @MethodSource("accessUnits")
  @FuzzTest
  void shouldPacketizeAnyAccessUnit(byte @NotNull [] bytes) {
    H264Packetizer packetizer = new H264Packetizer(new RecordedLog(), MAX_PAYLOAD);
    packetizer.annexB(ByteBuffer.wrap(bytes), 0);
    for (int lengthSize : new int[] {1, 2, 4}) {
      packetizer.lengthPrefixed(ByteBuffer.wrap(bytes), lengthSize, lengthSize * TICKS);
    }
  }

  static Stream<byte[]> parameterSets() {
    return Stream.of(
            "Z2QACqzZRCbARAAAAwAEAAADAKA8SJZY,aOvjyyLA", "Z0LADdoFB+wEQAAAAwBAAAAPI8UKqA==")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("parameterSets")
  @FuzzTest
  void shouldReadAnyParameterSets(byte @NotNull [] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (byte[] set : SpropParameterSets.parse(text)) {
      SequenceParameterSet.parse(set);
    }
    SequenceParameterSet.parse(bytes);
    ProfileLevelId.parse(text);
  }
}
