package dev.sluice.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.rtp.InterleavedFrames;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a source sends, as RTP or RTCP, nothing is thrown, and no packet leaks. */
class TrackReceiverFuzzTest {
  private static final long STEP = 20_000_000;
  private static final int RTCP = 1;
  private static final int TIME_PASSES = 2;
  private static final int CAPACITY = 16;

  static Stream<byte[]> packets() {
    String first = "24000010" + "8060000100000bb8cafebabe" + "65884000";
    String third = "24020010" + "80600003000017b8cafebabe" + "41884000";
    String stranger = "24000010" + "8060fff000000bb800000bad" + "65884000";
    String next = "24000010" + "8060fff100000bb800000bad" + "41884000";
    String report =
        "2401001c" + "80c80006cafebabe" + "e000000080000000" + "00000bb80000000100000002";
    String bye = "24010008" + "81cb0001cafebabe";
    return Stream.of(
            first + third, first + stranger + next, report + first + report, first + bye + stranger)
        .map(HexFormat.of()::parseHex);
  }

  /** framed as in RTSP, with the channel as flags */
  @MethodSource("packets")
  @FuzzTest
  void shouldTakeAnyPacketsThatMayBeReordered(byte @NotNull [] bytes) {
    receive(bytes, new ReceiverParameters(96, 90_000, true, true, CAPACITY, STEP));
  }

  @MethodSource("packets")
  @FuzzTest
  void shouldTakeAnyPacketsInOrder(byte @NotNull [] bytes) {
    receive(bytes, new ReceiverParameters(96, 90_000, false, false, CAPACITY, STEP));
  }

  private static void receive(byte[] bytes, ReceiverParameters parameters) {
    ReceiveCounters counters = new ReceiveCounters();
    RtcpEndpoint rtcp = new RtcpEndpoint(new SecureRandom(), counters);
    TrackReceiver receiver =
        new TrackReceiver(
            parameters,
            counters,
            (track, missing, count) ->
                rtcp.requestAgain(track, (out, length) -> {}, missing, count));
    receiver.start(new CheckingSink(), 0);
    List<ByteBuf> packets = new ArrayList<>();
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    long now = 0;
    while (frames.next(stream) == InterleavedFrames.Status.FRAME) {
      ByteBuf packet = stream.copy(frames.offset(), frames.length());
      packets.add(packet);
      if ((frames.channel() & RTCP) != 0) {
        rtcp.receive(List.of(receiver), packet, now);
      } else {
        receiver.onRtp(packet, now);
      }
      if ((frames.channel() & TIME_PASSES) != 0) {
        now += STEP;
        receiver.handleTimeout(now);
        rtcp.report(receiver, (out, length) -> {}, true, now);
      }
    }
    receiver.close();
    assertThat(packets).allMatch(packet -> packet.refCnt() == 1);
  }

  private static final class CheckingSink implements MediaSink {
    @Override
    public void writeRtp(int track, RtpPacket packet, int lostBefore) {
      assertThat(lostBefore).isNotNegative();
      assertThat(packet.payloadType()).isEqualTo(96);
    }

    @Override
    public void senderReport(int track, long ntpTimestamp, int rtpTimestamp) {}

    @Override
    public void flush() {}

    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public boolean isReplaced() {
      return false;
    }

    @Override
    public void close() {}
  }
}
