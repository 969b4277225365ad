package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InterleavedRtspDecoderTest {
  private static final String OPTIONS = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n";

  private final List<String> events = new ArrayList<>();
  private final List<ByteBuf> buffers = new ArrayList<>();
  private final InterleavedRtspDecoder decoder =
      new InterleavedRtspDecoder(
          (channel, frame) -> {
            buffers.add(frame);
            events.add(channel + ":" + ByteBufUtil.hexDump(ByteBufUtil.getBytes(frame)));
          });
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder, new TextListener());

  private final class TextListener extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpRequest request) {
        events.add(request.method() + " " + request.uri());
      } else if (message instanceof LastHttpContent last && last.content().isReadable()) {
        events.add("body " + last.content().toString(StandardCharsets.US_ASCII));
      }
      ReferenceCountUtil.release(message);
    }
  }

  private void receive(byte[] bytes) {
    receive(Unpooled.copiedBuffer(bytes));
  }

  private void receive(ByteBuf bytes) {
    channel.writeInbound(bytes);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void shouldTellFramesFromText() {
    receive(
        join(
            Rtp.frame(0, new byte[] {1, 2}),
            ascii(OPTIONS),
            Rtp.frame(1, new byte[0]),
            ascii("\r\n"),
            Rtp.frame(255, new byte[] {3})));
    assertThat(events).containsExactly("0:0102", "OPTIONS *", "1:", "255:03");
  }

  @Test
  void shouldNotTakeADollarInABodyForAFrame() {
    receive(
        join(
            ascii("SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 6\r\n\r\n$\0\0\1ab"),
            Rtp.frame(0, new byte[] {7})));
    assertThat(events).containsExactly("SET_PARAMETER *", "body $\0\0\1ab", "0:07");
  }

  @Test
  void shouldNotTakeADollarWithinTextForAFrame() {
    receive(join(ascii("OPTIONS $x RTSP/1.0\r\n"), ascii("CSeq: 1\r\n$a: b\r\n\r\n")));
    assertThat(events).containsExactly("OPTIONS $x");
  }

  @Test
  void shouldIgnoreEverythingAfterAMalformedMessage() {
    receive(join(ascii("nonsense\r\n\r\n"), Rtp.frame(0, new byte[] {1}), ascii(OPTIONS)));
    assertThat(events).containsExactly("OPTIONS /bad-request");
    receive(Rtp.frame(0, new byte[] {1}));
    assertThat(events).hasSize(1);
  }

  @Test
  void shouldHandOutWindowsOfTheReceiveBuffer() {
    ByteBuf received =
        Unpooled.copiedBuffer(join(Rtp.frame(0, new byte[] {1}), Rtp.frame(1, new byte[] {2})));
    receive(received);
    assertThat(buffers).hasSize(2).allSatisfy(frame -> assertThat(frame).isSameAs(received));
    assertThat(received.refCnt()).as("given back when all was read").isZero();
  }

  @Test
  void shouldLetTheTransportReadOnBehindAPartOfAFrame() {
    var handle = new ReadBehindAllocator(decoder).newHandle();
    ByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    byte[] frame = Rtp.frame(0, new byte[1_000]);

    ByteBuf first = handle.allocate(allocator);
    receive(first.writeBytes(frame).writeBytes(frame, 0, 300));
    ByteBuf second = handle.allocate(allocator);

    assertThat(second).isSameAs(first);
    assertThat(second.readerIndex()).as("the part was not moved").isEqualTo(frame.length);
    receive(second.writeBytes(frame, 300, frame.length - 300));
    assertThat(events).hasSize(2);
    assertThat(first.refCnt()).isZero();
  }

  @Test
  void shouldMoveOnlyAPartAtTheEndOfAFullBuffer() {
    var handle = new ReadBehindAllocator(decoder).newHandle();
    ByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    ByteBuf first = handle.allocate(allocator);
    int whole = first.writableBytes() - 14;
    receive(first.writeBytes(Rtp.frame(0, new byte[whole])).writeBytes(ascii("$\0\0\u0014123456")));

    ByteBuf second = handle.allocate(allocator);

    assertThat(second).isSameAs(first);
    assertThat(second.readerIndex()).isZero();
    assertThat(second.readableBytes()).isEqualTo(10);
    receive(second.writeBytes(ascii("78901234567890")));
    assertThat(events.get(1)).isEqualTo("0:" + ByteBufUtil.hexDump(ascii("12345678901234567890")));
    assertThat(first.refCnt()).isZero();
  }

  @Test
  void shouldReadFramesOfAnyLengthInAnyPieces() {
    Random random = new Random(1);
    var handle = new ReadBehindAllocator(decoder).newHandle();
    ByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    for (int round = 0; round < 60; round++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<String> expected = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        byte[] packet = new byte[random.nextInt(10) == 0 ? 65_535 : random.nextInt(2_000)];
        random.nextBytes(packet);
        stream.writeBytes(Rtp.frame(i, packet));
        expected.add(i + ":" + ByteBufUtil.hexDump(packet));
        if (random.nextInt(4) == 0) {
          stream.writeBytes(ascii(OPTIONS));
          expected.add("OPTIONS *");
        }
      }
      events.clear();
      readInPieces(() -> handle.allocate(allocator), stream.toByteArray(), random);
      assertThat(events.equals(expected)).as("round %d", round).isTrue();
    }
  }

  private void readInPieces(Supplier<ByteBuf> allocation, byte[] stream, Random random) {
    int most = 1 + random.nextInt(stream.length);
    int sent = 0;
    while (sent < stream.length) {
      ByteBuf buffer = allocation.get();
      assertThat(buffer.isWritable()).isTrue();
      assertThat(buffer.capacity()).isLessThanOrEqualTo(1 << 17);
      int size = Math.min(stream.length - sent, Math.min(most, buffer.writableBytes()));
      receive(buffer.writeBytes(stream, sent, size));
      sent += size;
    }
  }
}
