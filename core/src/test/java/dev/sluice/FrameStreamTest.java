package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.interop.Peers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameStreamTest {

  @Test
  void shouldCutAccessUnitsWhereTheNextBegins() throws IOException {
    assertCut(
        Codec.H264,
        "00000109 000001677788 0000000168aabb 000001068001 0000016588 00000165408811",
        "00000001419a 0000014111",
        "00000141e0",
        "000001061122 00000001019180",
        "000001419a 000001410a",
        "0000010930 000001419a");
  }

  @Test
  void shouldCutAccessUnitsOfH265() throws IOException {
    assertCut(
        Codec.H265,
        "00000001460150 00000140010c 00000142010177 000001440177 0000012601af 00000126012f",
        "000001020190 0000010201101122",
        "0000014e0101 000001020190 00000150018811",
        "0000000102019044");
  }

  @Test
  void shouldCutTemporalUnitsOfAv1() throws IOException {
    assertCut(Codec.AV1, "1200 0a03001122 32021011", "1200 320130", "12003203301200");
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "H265", "AV1"})
  void shouldEndWithWhatIsNoFrameAtAll(Codec codec) throws IOException {
    byte[] noise = new byte[3_000];
    new Random(7).nextBytes(noise);
    List<byte[]> frames = frames(codec, noise, 64);

    assertThat(frames.stream().mapToInt(frame -> frame.length).sum()).isEqualTo(noise.length);
    assertThat(frames(codec, new byte[0], 64)).isEmpty();
  }

  @Test
  void shouldNotKeepWhatHasNoEnd() throws IOException {
    byte[] first = HexFormat.of().parseHex("0000016588" + "80".repeat(20_000));
    byte[] next = HexFormat.of().parseHex("000001419a");
    InputStream begun =
        new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(next));
    FrameStream frames = FrameStream.of(Codec.H264, new SequenceInputStream(begun, endless()));

    assertThat(frames.next()).isEqualTo(ByteBuffer.wrap(first));
    for (int again = 0; again < 3; again++) {
      assertThatThrownBy(frames::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("33554432");
    }
  }

  @Test
  void shouldGoOnAfterAnInputThatFailedOnce() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("000001658880" + "000001419a" + "000001419a");
    InputStream failing =
        new FilterInputStream(inPieces(bytes, 4)) {
          private int reads;

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            if (++reads % 2 == 0) {
              throw new InterruptedIOException();
            }
            return super.read(to, offset, length);
          }
        };
    FrameStream frames = FrameStream.of(Codec.H264, failing);
    List<Integer> sizes = new ArrayList<>();
    int failures = 0;
    for (boolean ended = false; !ended; ) {
      try {
        ByteBuffer frame = frames.next();
        ended = frame == null;
        sizes.add(ended ? 0 : frame.remaining());
      } catch (InterruptedIOException e) {
        failures++;
      }
    }
    assertThat(sizes).containsExactly(6, 5, 5, 0);
    assertThat(failures).isPositive();
  }

  @Test
  void shouldRefuseCodecsWithoutAByteStream() {
    assertThatThrownBy(() -> FrameStream.of(Codec.VP8, InputStream.nullInputStream()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "H264,libx264 -preset ultrafast -x264-params slices=3:keyint=10:bframes=0 -f h264",
    "H264,libx264 -preset ultrafast -x264-params aud=1:keyint=10 -f h264",
    "H265,libx265 -preset ultrafast -x265-params slices=3:keyint=10:log-level=none -f hevc",
    "AV1,libaom-av1 -usage realtime -cpu-used 8 -pix_fmt yuv420p -g 10 -f obu"
  })
  void shouldCutWhatAnEncoderWrites(Codec codec, String encoder) throws Exception {
    Peers.assumeInstalled("ffmpeg");
    Process process =
        Peers.startPiped(
            "ffmpeg -nostdin -f lavfi -i testsrc2=size=320x240:rate=30 -frames:v 30"
                + " -c:v %s -".formatted(encoder));
    try (RelayEngine engine = RelayEngine.builder().network(anyPort()).build();
        FrameStream frames = FrameStream.of(codec, process.getInputStream())) {
      FrameInput input = engine.publish("x", List.of(TrackDescription.of("v", codec))).frames("v");
      int count = 0;
      for (ByteBuffer frame = frames.next(); frame != null; frame = frames.next()) {
        assertThat(input.writeFrame(frame, 3_000L * count++)).isTrue();
      }
      assertThat(count).isEqualTo(30);
      assertThat(input.statistics().keyframes()).isEqualTo(3);
    } finally {
      Peers.stop(process);
    }
  }

  private static NetworkOptions anyPort() {
    return NetworkOptions.DEFAULT.withBindAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** whatever the pieces that the bytes come in */
  private static void assertCut(Codec codec, String... hex) throws IOException {
    List<byte[]> expected = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (String frame : hex) {
      expected.add(HexFormat.of().parseHex(frame.replace(" ", "")));
      stream.writeBytes(expected.get(expected.size() - 1));
    }
    for (int most = 1; most < 40; most++) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      List<byte[]> frames = frames(codec, stream.toByteArray(), most);
      frames.forEach(joined::writeBytes);
      assertThat(joined.toByteArray()).isEqualTo(stream.toByteArray());
      assertThat(frames).as("pieces of %d", most).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(withoutZeros(frames.get(i))).isEqualTo(withoutZeros(expected.get(i)));
      }
    }
  }

  /** zeros between NAL units belong to neither */
  private static String withoutZeros(byte[] frame) {
    return HexFormat.of().formatHex(frame).replaceAll("^(00)+|(00)+$", "");
  }

  private static List<byte[]> frames(Codec codec, byte[] bytes, int most) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    try (FrameStream stream = FrameStream.of(codec, inPieces(bytes, most))) {
      for (ByteBuffer frame = stream.next(); frame != null; frame = stream.next()) {
        byte[] copy = new byte[frame.remaining()];
        frame.get(copy);
        frames.add(copy);
      }
    }
    return frames;
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 1;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        int count = Math.min(length, 10_000);
        Arrays.fill(bytes, offset, offset + count, (byte) 1);
        return count;
      }
    };
  }

  private static InputStream inPieces(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, most));
      }
    };
  }
}
