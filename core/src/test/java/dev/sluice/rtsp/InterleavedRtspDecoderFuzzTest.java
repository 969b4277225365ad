package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are read as requests and frames, alike however they are split; nothing leaks. */
class InterleavedRtspDecoderFuzzTest {
  private static final int FRAME_LIMIT = 1_500;

  static Stream<byte[]> streams() {
    return Stream.of(
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n$\0\0\10\200bcdefgh$\1\0\0",
            "ANNOUNCE rtsp://h/a RTSP/1.0\r\nCSeq: 2\r\nContent-Length: 3\r\n\r\nv=0",
            "RTSP/1.0 200 OK\r\nCSeq: 3\r\n\r\n$\2\0\1a\0\0$\0\0\2ab",
            "GET_PARAMETER * RTSP/1.0\nCSeq: 4\nSession:\n\n$\7\0\1a")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("streams")
  @FuzzTest
  void shouldReadTheSameHoweverItIsSplit(byte @NotNull [] bytes) {
    assertThat(read(bytes, 1)).isEqualTo(read(bytes, Math.max(1, bytes.length)));
  }

  private static List<String> read(byte[] bytes, int piece) {
    List<String> events = new ArrayList<>();
    List<ByteBuf> pieces = new ArrayList<>();
    ReceiveMemory memory = new ReceiveMemory();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new InterleavedRtspDecoder(new Listener(events), memory, false),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object message) {
                events.add(describe(message));
              }
            });
    for (int at = 0; at < bytes.length; at += piece) {
      ByteBuf in = Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at));
      pieces.add(in);
      channel.writeInbound(in);
    }
    channel.finishAndReleaseAll();
    assertThat(pieces).allMatch(in -> in.refCnt() == 0);
    assertThat(memory.used()).isZero();
    return events;
  }

  private static String describe(Object message) {
    if (message instanceof RtspRequest request) {
      return request.method() + " " + request.uri() + " " + request.body().length;
    }
    return message instanceof BrokenProtocol broken
        ? "broken " + broken.reason()
        : message.getClass().getSimpleName();
  }

  /** wants frames of the even channels, and knows those below 8 */
  private record Listener(List<String> events) implements InterleavedRtspDecoder.FrameListener {
    @Override
    public boolean expectsFrames() {
      return true;
    }

    @Override
    public int frameLimit(int channel) {
      if (channel >= 8) {
        return InterleavedRtspDecoder.UNKNOWN_CHANNEL;
      }
      return channel % 2 == 0 ? FRAME_LIMIT : 0;
    }

    @Override
    public void onFrame(int channel, ByteBuf frame) {
      events.add(channel + ": " + frame.readableBytes());
    }

    @Override
    public void onSkippedFrame(int channel) {
      events.add(channel + " skipped");
    }
  }
}
