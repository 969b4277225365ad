package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.InterleavedFrames.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterleavedFramesTest {

  private static final byte[] END_OF_MESSAGE = {'\r', '\n', '\r', '\n'};

  private final InterleavedFrames frames = new InterleavedFrames();

  @Test
  void shouldFindAFrame() {
    ByteBuf stream = hex("24010003aabbcc" + "2400");

    assertThat(frames.next(stream)).isEqualTo(Status.FRAME);
    assertThat(frames.channel()).isEqualTo(1);
    assertThat(frames.offset()).isEqualTo(4);
    assertThat(frames.length()).isEqualTo(3);
    assertThat(stream.readerIndex()).isEqualTo(7);
    assertThat(frames.next(stream)).isEqualTo(Status.NEED_MORE);
    assertThat(stream.readerIndex()).isEqualTo(7);
  }

  @Test
  void shouldLeaveAPartialFrameUnread() {
    ByteBuf whole = hex("24ff0003aabbcc");
    for (int length = 0; length < 7; length++) {
      ByteBuf part = whole.slice(0, length);
      assertThat(frames.next(part)).as("%d bytes", length).isEqualTo(Status.NEED_MORE);
      assertThat(part.readerIndex()).isZero();
    }
    assertThat(frames.next(whole)).isEqualTo(Status.FRAME);
    assertThat(frames.channel()).isEqualTo(255);
  }

  @Test
  void shouldFindEmptyAndLongestFrames() {
    ByteBuf stream = Unpooled.buffer();
    InterleavedFrames.writeHeader(stream, 0, 0);
    InterleavedFrames.writeHeader(stream, 2, 65535);
    stream.writeZero(65535);
    assertThat(stream.readableBytes()).isEqualTo(4 + InterleavedFrames.MAX_FRAME_LENGTH);

    assertThat(frames.next(stream)).isEqualTo(Status.FRAME);
    assertThat(frames.length()).isZero();
    assertThat(frames.next(stream)).isEqualTo(Status.FRAME);
    assertThat(frames.length()).isEqualTo(65535);
    assertThat(frames.next(stream)).isEqualTo(Status.NEED_MORE);
  }

  @Test
  void shouldRecogniseATextMessageByItsFirstByteAndLeaveItUnread() {
    ByteBuf stream = Unpooled.copiedBuffer("O", StandardCharsets.US_ASCII);

    assertThat(frames.next(stream)).isEqualTo(Status.MESSAGE);
    assertThat(frames.next(stream)).isEqualTo(Status.MESSAGE);
    assertThat(stream.readerIndex()).isZero();
  }

  @Test
  void shouldSkipEmptyLinesBetweenMessagesAndFrames() {
    ByteBuf stream = hex("0d0a" + "24000001aa" + "0d0a0d0a" + "4f");

    assertThat(frames.next(stream)).isEqualTo(Status.FRAME);
    assertThat(frames.offset()).isEqualTo(6);
    assertThat(frames.next(stream)).isEqualTo(Status.MESSAGE);
    assertThat(stream.getByte(stream.readerIndex())).isEqualTo((byte) 'O');
  }

  @Test
  void shouldWriteTheHeaderOfAFrame() {
    ByteBuf out = Unpooled.buffer();
    InterleavedFrames.writeHeader(out, 255, 0x1234);

    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("24ff1234");
    for (int[] header : new int[][] {{-1, 0}, {256, 0}, {0, -1}, {0, 65536}}) {
      assertThatThrownBy(() -> InterleavedFrames.writeHeader(out, header[0], header[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldSurviveASplitAtEveryPosition() {
    List<String> expected = new ArrayList<>();
    byte[] stream = conversation(new Random(1), 12, expected);
    for (int first = 0; first <= stream.length; first++) {
      Reader reader = new Reader();
      reader.receive(stream, 0, first);
      reader.receive(stream, first, stream.length);
      assertThat(reader.items).as("split at %d", first).isEqualTo(expected);
    }
  }

  @Test
  void shouldSurviveArrivingByteByByte() {
    List<String> expected = new ArrayList<>();
    byte[] stream = conversation(new Random(2), 40, expected);
    Reader reader = new Reader();
    for (int i = 0; i < stream.length; i++) {
      reader.receive(stream, i, i + 1);
    }

    assertThat(reader.items).isEqualTo(expected);
  }

  @Test
  void shouldSurviveRandomSplits() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<String> expected = new ArrayList<>();
      byte[] stream = conversation(random, 60, expected);
      Reader reader = new Reader();
      int largest = 1 + random.nextInt(600);
      for (int from = 0; from < stream.length; ) {
        int to = Math.min(stream.length, from + random.nextInt(largest + 1));
        reader.receive(stream, from, to);
        from = to;
      }
      assertThat(reader.items).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void shouldStayWithinRandomBytes() {
    Random random = new Random(3);
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 3 && random.nextInt(4) != 0) {
        bytes[0] = '$';
        bytes[2] = 0;
        bytes[3] = (byte) random.nextInt(40);
      }
      ByteBuf stream = Unpooled.wrappedBuffer(bytes);
      int before = 0;
      while (frames.next(stream) == Status.FRAME) {
        found++;
        assertThat(frames.offset()).isGreaterThanOrEqualTo(before + 4);
        before = frames.offset() + frames.length();
        assertThat(stream.readerIndex()).isEqualTo(before).isLessThanOrEqualTo(bytes.length);
      }
    }
    assertThat(found).isGreaterThan(20_000);
  }

  /** Frames and messages in random order; frames are full of what could be mistaken. */
  private static byte[] conversation(Random random, int items, List<String> expected) {
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < items; i++) {
      if (random.nextInt(4) == 0) {
        String message = "GET_PARAMETER rtsp://h/$ RTSP/1.0\r\nCSeq: " + i;
        expected.add(message);
        stream.writeCharSequence(message, StandardCharsets.US_ASCII);
        stream.writeBytes(END_OF_MESSAGE);
      } else {
        byte[] packet = new byte[random.nextInt(50)];
        for (int n = 0; n < packet.length; n++) {
          packet[n] = (byte) "$\r\n\0R".charAt(random.nextInt(5));
        }
        int channel = random.nextInt(256);
        expected.add(channel + ":" + HexFormat.of().formatHex(packet));
        InterleavedFrames.writeHeader(stream, channel, packet.length);
        stream.writeBytes(packet);
      }
      if (random.nextInt(10) == 0) {
        stream.writeBytes(END_OF_MESSAGE, 0, 2);
      }
    }
    return ByteBufUtil.getBytes(stream);
  }

  /** What an RTSP layer does around the frames. */
  private final class Reader {

    final List<String> items = new ArrayList<>();
    private final ByteBuf received = Unpooled.buffer();

    void receive(byte[] stream, int from, int to) {
      received.writeBytes(stream, from, to - from);
      boolean progress = true;
      while (progress) {
        progress =
            switch (frames.next(received)) {
              case FRAME -> {
                String packet = ByteBufUtil.hexDump(received, frames.offset(), frames.length());
                yield items.add(frames.channel() + ":" + packet);
              }
              case MESSAGE -> readMessage();
              case NEED_MORE -> false;
            };
      }
      received.discardReadBytes();
    }

    private boolean readMessage() {
      int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_MESSAGE), received);
      if (end < 0) {
        return false;
      }
      int length = end - received.readerIndex();
      items.add(received.readCharSequence(length, StandardCharsets.US_ASCII).toString());
      received.skipBytes(END_OF_MESSAGE.length);
      return true;
    }
  }

  private static ByteBuf hex(String bytes) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes));
  }

  @Test
  void shouldPeekAtAHeaderWithoutReadingIt() {
    InterleavedFrames frames = new InterleavedFrames();
    ByteBuf stream = Unpooled.copiedBuffer(new byte[] {'$', 7, 1, 2});
    assertThat(frames.peek(stream)).isTrue();
    assertThat(frames.channel()).isEqualTo(7);
    assertThat(frames.length()).isEqualTo(0x0102);
    assertThat(stream.readableBytes()).isEqualTo(4);
    assertThat(frames.peek(stream.slice(0, 3))).isFalse();
    assertThat(frames.peek(stream.slice(1, 3))).isFalse();
  }
}
