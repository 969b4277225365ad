package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.FrameInput;
import dev.sluice.HistoryOptions;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.TrackDescription;
import dev.sluice.UnknownStreamException;
import dev.sluice.codec.Codec;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.spi.StreamReader;
import dev.sluice.spi.TrackReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));
  private static final String PARAMETER_SETS =
      "00000001" + "6764000aacd94426c044000003000400000300a03c489658" + "00000001" + "68ebe3cb22c0";
  private static final byte[] KEYFRAME = bytes(PARAMETER_SETS + "0000000165888040");
  private static final byte[] PICTURE = bytes("00000001419a2040");

  private long nanos;
  private final StreamRegistry streams =
      new StreamRegistry(
          new EngineConfiguration(
              NetworkOptions.DEFAULT,
              EgressOptions.DEFAULT,
              HistoryOptions.DEFAULT,
              Retransmission.SHARED_HISTORY,
              RateOptions.DEFAULT,
              MediaOptions.DEFAULT,
              SessionOptions.DEFAULT,
              new RelayListener() {},
              null),
          new SegmentPool(0),
          new EngineClock(() -> nanos, 0),
          new Demands(new EmbeddedChannel().eventLoop(), 1));
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final ByteBuf payload = Unpooled.buffer();
  private int told;
  private Publisher publisher = streams.publish("cam", VIDEO, PublisherContext.HOST);

  @Test
  void shouldBeginAtTheNewestKeyframeHeld() {
    write(PICTURE, 0);
    write(KEYFRAME, 3_000);
    write(PICTURE, 6_000);
    TrackReader track = open().tracks().get(0);
    assertThat(track.next(payload)).isTrue();
    assertThat(track.startsKeyframe()).isTrue();
    assertThat(track.timestamp()).isZero();
    readAll(track);
    assertThat(track.timestamp()).isEqualTo(3_000);
    assertThat(track.marker()).isTrue();
  }

  @Test
  void shouldTellOfNewsOnceForAllThatCame() {
    StreamReader reader = open();
    loop.remove().run();
    write(KEYFRAME, 0);
    write(PICTURE, 3_000);
    assertThat(loop).hasSize(1);
    loop.remove().run();
    assertThat(told).isEqualTo(2);
    reader.close();
  }

  @Test
  void shouldSkipToTheNewestKeyframeWhenItFellBehind() {
    write(KEYFRAME, 0);
    TrackReader track = open().tracks().get(0);
    readAll(track);
    for (int frame = 1; frame <= 60; frame++) {
      nanos += 100_000_000;
      write(frame % 10 == 0 ? KEYFRAME : PICTURE, 9_000 * frame);
    }
    assertThat(track.next(payload)).isTrue();
    assertThat(track.skipped()).isTrue();
    assertThat(track.startsKeyframe()).isTrue();
    assertThat(track.timestamp()).isEqualTo(540_000);
  }

  @Test
  void shouldGoOnWithTheNextPublisher() {
    write(KEYFRAME, 90_000);
    StreamReader reader = open();
    TrackReader track = reader.tracks().get(0);
    readAll(track);
    publisher.close();
    assertThat(reader.isPublished()).isFalse();
    nanos += 1_000_000_000;
    publisher = streams.publish("cam", VIDEO, PublisherContext.HOST);
    write(KEYFRAME, 5);
    assertThat(reader.isPublished()).isTrue();
    assertThat(track.next(payload)).isTrue();
    assertThat(track.startsKeyframe()).isTrue();
    assertThat(track.timestamp()).isEqualTo(90_000);
  }

  @Test
  void shouldKeepTheStreamUntilItIsClosed() {
    StreamReader reader = open();
    publisher.close();
    assertThat(streams.find("cam")).isNotNull();
    reader.close();
    assertThat(streams.find("cam")).isNull();
    assertThatThrownBy(this::open).isInstanceOf(UnknownStreamException.class);
  }

  private StreamReader open() {
    return streams.read("cam", loop::add, () -> told++);
  }

  private void write(byte[] accessUnit, long timestamp) {
    FrameInput input = publisher.frames("video");
    input.writeFrame(ByteBuffer.wrap(accessUnit), timestamp);
    input.flush();
  }

  private void readAll(TrackReader track) {
    while (track.next(payload)) {
      payload.clear();
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
