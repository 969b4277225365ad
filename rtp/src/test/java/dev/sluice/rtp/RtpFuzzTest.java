package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is thrown whatever comes, and what is found lies in it. */
class RtpFuzzTest {
  private static final int CAPACITY = 32;

  static Stream<byte[]> packets() {
    return Stream.of(
            "80600001000003e8cafebabe65884000",
            "b2e00001000003e8cafebabe0000000100000002bede0002103132ff22010203004165000002",
            "90600001000003e8cafebabe1000000201023132020300006588")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("packets")
  @FuzzTest
  void shouldReadAnyPacket(byte @NotNull [] bytes) {
    ByteBuf buf = Unpooled.wrappedBuffer(bytes);
    RtpPacket packet = new RtpPacket();
    if (!packet.wrap(buf)) {
      return;
    }
    for (int i = 0; i < packet.csrcCount(); i++) {
      packet.csrc(i);
    }
    assertThat(packet.payloadOffset() + packet.payloadLength()).isLessThanOrEqualTo(bytes.length);
    HeaderExtensionReader extensions = packet.extensions();
    while (extensions.next()) {
      assertThat(extensions.offset() + extensions.length())
          .isLessThanOrEqualTo(packet.payloadOffset());
    }
  }

  static Stream<byte[]> streams() {
    return Stream.of("240000048060000124010000", "0d0a240000020102", "4f5054494f4e53")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("streams")
  @FuzzTest
  void shouldFindFramesInAnyStream(byte @NotNull [] bytes) {
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    int end = 0;
    while (frames.next(stream) == InterleavedFrames.Status.FRAME) {
      assertThat(frames.offset()).isGreaterThanOrEqualTo(end);
      end = frames.offset() + frames.length();
      assertThat(end).isEqualTo(stream.readerIndex());
    }
  }

  static Stream<byte[]> arrivals() {
    return Stream.of("0001000000030050", "ffff000900000009", "0009000075300000", "0005000000010000")
        .map(HexFormat.of()::parseHex);
  }

  /** each packet's sequence number, and the time that passes before it */
  @MethodSource("arrivals")
  @FuzzTest
  void shouldDeliverOrReleaseWhateverArrives(byte @NotNull [] bytes) {
    ByteBuf arrivals = Unpooled.wrappedBuffer(bytes);
    List<ByteBuf> packets = new ArrayList<>();
    ReorderBuffer buffer = new ReorderBuffer(CAPACITY, 1_000, new CheckingSink());
    long now = 0;
    while (arrivals.isReadable(4)) {
      ByteBuf packet = Unpooled.buffer(1);
      packets.add(packet);
      int sequenceNumber = arrivals.readUnsignedShort();
      now += arrivals.readUnsignedShort();
      buffer.offer(sequenceNumber, packet, now);
      buffer.handleTimeout(now);
      if (buffer.size() > CAPACITY) {
        throw new AssertionError("waiting: " + buffer.size());
      }
    }
    buffer.close();
    assertThat(packets).allMatch(packet -> packet.refCnt() == 0);
  }

  private static final class CheckingSink implements ReorderBuffer.Sink {
    @Override
    public void onPacket(ByteBuf packet, int missing) {
      assertThat(missing).isNotNegative();
    }

    @Override
    public void onRestart() {}
  }
}
