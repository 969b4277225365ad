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
  private final ReceiveMemory memory = new ReceiveMemory();
  private final InterleavedRtspDecoder decoder =
      new InterleavedRtspDecoder(new Recorder(), memory, false);
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          decoder,
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
              note(message);
            }
          });
  private boolean expectsFrames = true;

  /** Wants frames of the even channels, and knows those below 8. */
  private final class Recorder implements InterleavedRtspDecoder.FrameListener {
    @Override
    public boolean expectsFrames() {
      return expectsFrames;
    }

    @Override
    public int frameLimit(int channel) {
      return channel >= 8 ? InterleavedRtspDecoder.UNKNOWN_CHANNEL : channel % 2 == 0 ? 65_535 : 0;
    }

    @Override
    public void onFrame(int channel, ByteBuf frame) {
      buffers.add(frame);
      events.add(channel + ":" + ByteBufUtil.hexDump(ByteBufUtil.getBytes(frame)));
    }

    @Override
    public void onSkippedFrame(int channel) {
      events.add("skipped " + channel);
    }
  }

  private void note(Object message) {
    if (message instanceof RtspRequest request) {
      events.add(request.method() + " " + request.uri());
      if (request.body().length > 0) {
        events.add("body " + new String(request.body(), StandardCharsets.US_ASCII));
      }
    } else if (message instanceof BrokenProtocol broken) {
      events.add(broken.status().code() + " " + broken.reason());
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

  private static byte[] packet(int seed) {
    return Rtp.packet(Rtp.VIDEO, 1, seed, 0);
  }

  private static String hex(int channel, byte[] packet) {
    return channel + ":" + ByteBufUtil.hexDump(packet);
  }

  @Test
  void shouldTellFramesFromText() {
    receive(
        join(
            Rtp.frame(0, packet(1)),
            ascii(OPTIONS),
            Rtp.frame(2, packet(2)),
            ascii("\r\n"),
            Rtp.frame(4, packet(3))));
    assertThat(events)
        .containsExactly(hex(0, packet(1)), "OPTIONS *", hex(2, packet(2)), hex(4, packet(3)));
  }

  @Test
  void shouldNotTakeADollarInABodyForAFrame() {
    receive(
        join(
            ascii("SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 6\r\n\r\n$\0\0\1ab"),
            Rtp.frame(0, packet(7))));
    assertThat(events).containsExactly("SET_PARAMETER *", "body $\0\0\1ab", hex(0, packet(7)));
  }

  @Test
  void shouldNotTakeADollarWithinTextForAFrame() {
    receive(join(ascii("OPTIONS $x RTSP/1.0\r\n"), ascii("CSeq: 1\r\n$a: b\r\n\r\n")));
    assertThat(events).containsExactly("OPTIONS $x");
  }

  @Test
  void shouldIgnoreEverythingAfterAMalformedMessage() {
    expectsFrames = false;
    receive(join(ascii("nonsense\r\n\r\n"), Rtp.frame(0, packet(1)), ascii(OPTIONS)));
    assertThat(events).singleElement().asString().startsWith("400 malformed request, ");
    receive(Rtp.frame(0, packet(1)));
    assertThat(events).hasSize(1);
  }

  @Test
  void shouldTakeNoFrameBeforeATrackIsSetUp() {
    expectsFrames = false;
    receive(ascii("$"));
    assertThat(events).singleElement().asString().startsWith("400 ");
  }

  @Test
  void shouldFindTheNextFrameOrRequestBehindOtherBytes() {
    byte[] noFrame = Rtp.frame(0, new byte[20]);
    receive(
        join(
            Rtp.frame(0, packet(1)),
            ascii("OPTI$\377\1$$ RTP"),
            noFrame,
            Rtp.frame(0, packet(2)),
            new byte[1_000],
            ascii(OPTIONS),
            Rtp.frame(0, packet(3))));
    assertThat(events)
        .containsExactly(hex(0, packet(1)), hex(0, packet(2)), "OPTIONS *", hex(0, packet(3)));
  }

  @Test
  void shouldFindTheNextFrameWhenBytesComeOneByOne() {
    byte[] stream =
        join(
            ascii("garbage$\0\0"),
            Rtp.frame(0, packet(2)),
            ascii("RECO"),
            ascii(OPTIONS),
            Rtp.frame(2, packet(3)));
    for (byte one : stream) {
      receive(new byte[] {one});
    }
    assertThat(events).containsExactly(hex(0, packet(2)), "OPTIONS *", hex(2, packet(3)));
  }

  @Test
  void shouldLookForTheNextFrameNoLongerThanItIsBounded() {
    receive(Rtp.frame(0, packet(1)));
    receive(new byte[InterleavedRtspDecoder.MAX_STRAY_BYTES]);
    assertThat(events).hasSize(1);
    receive(new byte[1]);
    assertThat(events.get(1)).startsWith("400 ");
  }

  @Test
  void shouldNotReadEmptyFramesForEver() {
    byte[] empty = Rtp.frame(0, new byte[0]);
    for (int i = 0; i <= InterleavedRtspDecoder.MAX_STRAY_BYTES / 4; i++) {
      receive(empty);
    }
    assertThat(events.get(events.size() - 1)).startsWith("400 ");
  }

  @Test
  void shouldHoldNothingOfFramesThatNobodyWants() {
    byte[] header = {'$', 1, (byte) 0xFF, (byte) 0xFF};
    receive(header);
    ByteBuf part = Unpooled.copiedBuffer(new byte[60_000]);
    receive(part);
    assertThat(part.refCnt()).isZero();
    receive(new byte[5_535]);
    receive(join(new byte[] {'$', 99, 0, 9}, new byte[9], Rtp.frame(0, packet(1))));
    assertThat(events).containsExactly("skipped 1", "skipped 99", hex(0, packet(1)));
  }

  @Test
  void shouldBoundWhatIsHeldOfUnfinishedFramesOnAllConnections() {
    assertThat(memory.tryTake((int) ReceiveMemory.MAX_BYTES - 4_096)).isTrue();
    var handle = new ReadBehindAllocator(decoder).newHandle();
    ByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    byte[] part = join(new byte[] {'$', 0, (byte) 0xFF, (byte) 0xFF}, new byte[20_000]);
    for (int sent = 0; sent < part.length && events.isEmpty(); ) {
      ByteBuf buffer = handle.allocate(allocator);
      int size = Math.min(part.length - sent, buffer.writableBytes());
      receive(buffer.writeBytes(part, sent, size));
      sent += size;
    }
    assertThat(events).singleElement().asString().startsWith("503 ");
    assertThat(memory.used()).isEqualTo(ReceiveMemory.MAX_BYTES - 4_096);
  }

  @Test
  void shouldHandOutWindowsOfTheReceiveBuffer() {
    ByteBuf received =
        Unpooled.copiedBuffer(join(Rtp.frame(0, packet(1)), Rtp.frame(2, packet(2))));
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
        byte[] packet = new byte[random.nextInt(10) == 0 ? 65_535 : 8 + random.nextInt(2_000)];
        random.nextBytes(packet);
        stream.writeBytes(Rtp.frame(2 * i, packet));
        expected.add(2 * i + ":" + ByteBufUtil.hexDump(packet));
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
