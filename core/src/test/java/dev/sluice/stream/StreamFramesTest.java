package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.Frame;
import dev.sluice.FrameInput;
import dev.sluice.FrameReader;
import dev.sluice.HistoryOptions;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.RtpInput;
import dev.sluice.SessionOptions;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.codec.MediaKind;
import dev.sluice.codec.NalUnitFraming;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.rtp.PassThroughAssembler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamFramesTest {
  private static final String PARAMETER_SETS =
      "00000001" + "6764000aacd94426c044000003000400000300a03c489658" + "00000001" + "68ebe3cb22c0";
  private static final byte[] KEYFRAME = bytes(PARAMETER_SETS + "0000000165888040");
  private static final byte[] BARE_KEYFRAME = bytes("0000000165888040");
  private static final byte[] PICTURE = bytes("00000001419a2040");
  private static final long START_MILLIS = 1_700_000_000_000L;

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
          new EngineClock(() -> nanos, START_MILLIS),
          new Demands(new EmbeddedChannel().eventLoop(), 1));
  private Publisher publisher;

  private FrameReader publish(Codec... codecs) {
    publisher =
        streams.publish(
            "cam",
            Arrays.stream(codecs)
                .map(codec -> TrackDescription.of(codec.kind().media(), codec))
                .toList(),
            PublisherContext.HOST);
    return open(NalUnitFraming.START_CODES);
  }

  private FrameReader open(NalUnitFraming framing) {
    return open(framing, () -> {});
  }

  private FrameReader open(NalUnitFraming framing, Runnable news) {
    return new StreamFrames(streams.read("cam", Runnable::run, news), framing);
  }

  private void write(String track, byte[] frame, long timestamp) {
    FrameInput input = publisher.frames(track);
    assertThat(input.writeFrame(ByteBuffer.wrap(frame), timestamp)).isTrue();
    input.flush();
  }

  private static List<Frame> readAll(FrameReader reader) {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      byte[] kept = new byte[frame.data().remaining()];
      frame.data().get(kept);
      frames.add(
          new Frame(
              frame.track(),
              ByteBuffer.wrap(kept),
              frame.timestamp(),
              frame.time(),
              frame.isKeyframe(),
              frame.skippedBefore()));
    }
    return frames;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldReadWhatWasWrittenByteForByte(Codec codec) {
    FrameReader reader = publish(codec);
    List<byte[]> written = samples(codec);
    List<Frame> read = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      nanos += 20_000_000;
      write(codec.kind().media(), written.get(i), (long) i * codec.clockRate() / 50);
      read.addAll(readAll(reader));
    }
    assertThat(read).extracting(frame -> frame.data().array()).containsExactlyElementsOf(written);
    assertThat(read).extracting(frame -> frame.track().codec()).containsOnly(codec);
    assertThat(read)
        .extracting(Frame::timestamp)
        .isSorted()
        .last()
        .isEqualTo((long) (written.size() - 1) * codec.clockRate() / 50);
    assertThat(read).noneMatch(Frame::skippedBefore).first().matches(Frame::isKeyframe);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldHaveAnAssemblerForEveryVideoCodec(Codec codec) {
    assertThat(codec.format().frames(NalUnitFraming.LENGTHS) instanceof PassThroughAssembler)
        .isEqualTo(codec.kind() == MediaKind.AUDIO);
  }

  private static List<byte[]> samples(Codec codec) {
    if (codec.kind() == MediaKind.AUDIO) {
      return List.of(random(160, 0xFC), random(160, 0xFC), random(160, 0xFC));
    }
    return switch (codec.name()) {
      case "H264" -> List.of(KEYFRAME, PICTURE, bigPicture(), KEYFRAME, PICTURE);
      case "H265" ->
          List.of(
              HexFormat.of()
                  .parseHex(
                      "0000000140010c01ffff016000000300900000030000030078959809"
                          + "000000014201010160000003009000000300000300"
                          + "78a003c08010e59656692aec0b57000003000100000300190f08211f"
                          + "000000014401c172b46240"
                          + "000000012601af0102"),
              HexFormat.of().parseHex("000000010201d00102"));
      case "AV1" -> {
        byte[] keyframe = HexFormat.of().parseHex("0a0b00000024c4ffdfbffea110320410aabbcc");
        yield List.of(keyframe, HexFormat.of().parseHex("320430aabbcc"));
      }
      case "VP8" -> List.of(random(9_000, 0), random(50, 1), random(3_000, 1));
      case "VP9" -> List.of(random(9_000, 0x82), random(50, 0x86), random(3_000, 0x86));
      default -> throw new AssertionError("add samples of " + codec);
    };
  }

  private static byte[] bigPicture() {
    byte[] picture = Arrays.copyOf(PICTURE, 20_000);
    Arrays.fill(picture, PICTURE.length, picture.length, (byte) 0x55);
    return picture;
  }

  private static byte[] random(int length, int first) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = (byte) first;
    return bytes;
  }

  @Test
  void shouldGiveKeyframesTheirParameterSetsAndSayWhichTheyAre() {
    FrameReader reader = publish(Codec.H264);
    write("video", KEYFRAME, 0);
    write("video", PICTURE, 3_000);
    write("video", BARE_KEYFRAME, 6_000);
    write("video", PICTURE, 9_000);
    List<Frame> frames = readAll(reader);
    assertThat(frames.get(0).data().array()).as("the newest keyframe").isEqualTo(KEYFRAME);
    assertThat(frames).extracting(Frame::isKeyframe).containsExactly(true, false);
    write("video", BARE_KEYFRAME, 12_000);
    write("video", PICTURE, 15_000);
    write("video", BARE_KEYFRAME, 18_000);
    assertThat(readAll(reader))
        .extracting(Frame::isKeyframe)
        .as("older ones too, for who reads late")
        .containsExactly(true, false, true);
  }

  @Test
  void shouldPutLengthsBeforeNalUnitsWhereThatIsWanted() {
    publish(Codec.H264);
    write("video", BARE_KEYFRAME, 0);
    write("video", KEYFRAME, 3_000);
    Frame frame = open(NalUnitFraming.LENGTHS).next();
    assertThat(frame.data())
        .isEqualTo(
            ByteBuffer.wrap(
                bytes(
                    ("00000018" + PARAMETER_SETS.substring(8) + "00000004" + "65888040")
                        .replaceFirst("00000001", "00000006"))));
  }

  @Test
  void shouldReadTracksInTheOrderInWhichFramesCame() {
    FrameReader reader = publish(Codec.H264, Codec.OPUS);
    byte[] audio = random(50, 0xFC);
    write("video", KEYFRAME, 0);
    nanos += 10;
    write("audio", audio, 0);
    nanos += 10;
    write("video", PICTURE, 3_000);
    nanos += 10;
    write("audio", audio, 960);
    assertThat(readAll(reader))
        .extracting(frame -> frame.track().name())
        .containsExactly("video", "audio", "video", "audio");
    assertThat(reader.tracks()).hasSize(2);
  }

  @Test
  void shouldTellTheTimeOfFrames() {
    FrameReader reader = publish(Codec.H264);
    nanos = 5_000_000_000L;
    write("video", KEYFRAME, 0);
    assertThat(reader.next().time()).isEqualTo(Instant.ofEpochMilli(START_MILLIS + 5_000));
  }

  @Test
  void shouldSayWhereItFellBehind() {
    FrameReader reader = publish(Codec.H264);
    write("video", KEYFRAME, 0);
    readAll(reader);
    for (int i = 1; i <= 60; i++) {
      nanos += 100_000_000;
      write("video", i % 10 == 0 ? KEYFRAME : PICTURE, 9_000L * i);
    }
    List<Frame> frames = readAll(reader);
    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).skippedBefore()).isTrue();
    assertThat(frames.get(0).isKeyframe()).isTrue();
  }

  @Test
  void shouldLeaveOutAFrameOfWhichSomethingIsLost() {
    FrameReader reader = publish(Codec.VP8);
    RtpInput input = publisher.rtp("video");
    input.writeRtp(rtp(1, 0, false, "10000000"));
    input.writeRtp(rtp(2, 0, true, "00aabb"));
    input.writeRtp(rtp(3, 3_000, false, "10010000"));
    input.writeRtp(rtp(5, 3_000, true, "00ccdd"));
    input.writeRtp(rtp(6, 6_000, true, "10010203"));
    input.flush();
    List<Frame> frames = readAll(reader);
    assertThat(frames).extracting(Frame::timestamp).containsExactly(0L, 6_000L);
    assertThat(frames).extracting(Frame::skippedBefore).containsExactly(false, true);
    assertThat(frames.get(0).data()).isEqualTo(ByteBuffer.wrap(bytes("000000aabb")));
  }

  @Test
  void shouldLeaveOutAFrameWhoseBeginningIsLost() {
    FrameReader reader = publish(Codec.H264);
    RtpInput input = publisher.rtp("video");
    input.writeRtp(rtp(1, 0, false, "6764000aacd94426c044000003000400000300a03c489658"));
    input.writeRtp(rtp(2, 0, false, "68ebe3cb22c0"));
    input.writeRtp(rtp(3, 0, true, "65888040"));
    input.writeRtp(rtp(5, 3_000, true, "414a2040")); // a second slice
    input.writeRtp(rtp(6, 6_000, true, "419a2040"));
    input.writeRtp(rtp(8, 9_000, true, "419a2040"));
    input.flush();
    List<Frame> frames = readAll(reader);
    assertThat(frames).extracting(Frame::timestamp).containsExactly(0L, 6_000L, 9_000L);
    assertThat(frames).extracting(Frame::skippedBefore).containsExactly(false, true, true);
  }

  @Test
  void shouldReadTheLastFrameOfASourceThatSetsNoMarkers() {
    publish(Codec.H264).close();
    List<FrameReader> readers = new ArrayList<>();
    List<Frame> read = new ArrayList<>();
    readers.add(
        open(
            NalUnitFraming.START_CODES,
            () -> readers.forEach(reader -> read.addAll(readAll(reader)))));
    RtpInput input = publisher.rtp("video");
    input.writeRtp(rtp(1, 0, false, "6764000aacd94426c044000003000400000300a03c489658"));
    input.writeRtp(rtp(2, 0, false, "68ebe3cb22c0"));
    input.writeRtp(rtp(3, 0, false, "65888040"));
    input.writeRtp(rtp(4, 3_000, false, "419a2040"));
    input.writeRtp(rtp(5, 6_000, false, "419a2040"));
    input.flush();
    publisher.close();
    assertThat(read).extracting(Frame::timestamp).containsExactly(0L, 3_000L, 6_000L);
  }

  private static ByteBuffer rtp(int number, int timestamp, boolean marker, String payload) {
    byte[] bytes = bytes(payload);
    return ByteBuffer.allocate(12 + bytes.length)
        .put((byte) 0x80)
        .put((byte) (marker ? 0xE0 : 0x60))
        .putShort((short) number)
        .putInt(timestamp)
        .putInt(7)
        .put(bytes)
        .flip();
  }

  @Test
  void shouldGoOnWithTheNextPublisher() {
    FrameReader reader = publish(Codec.H264);
    write("video", KEYFRAME, 90_000);
    readAll(reader);
    publisher.close();
    assertThat(reader.isPublished()).isFalse();
    nanos += 1_000_000_000;
    publish(Codec.H264);
    write("video", KEYFRAME, 5);
    List<Frame> frames = readAll(reader);
    assertThat(frames).extracting(Frame::timestamp).containsExactly(90_000L);
    reader.close();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
