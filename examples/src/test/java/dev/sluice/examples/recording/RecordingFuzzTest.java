package dev.sluice.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.Frame;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever frames a stream has, and whenever they come, what is recorded is a file. */
class RecordingFuzzTest {
  private static final int SOUND = 1;
  private static final int KEYFRAME = 2;
  private static final int GOES_BACK = 4;
  private static final int LEAPS = 8;
  private static final int SKIPPED = 16;
  private static final long TICKS = 3_000;
  private static final long LEAP = 90_000;
  private static final int MOST_FRAMES = 50;
  private static final List<Codec> CODECS = List.of(Codec.H264, Codec.H265, Codec.VP8, Codec.VP9);
  private static final TrackDescription AUDIO = TrackDescription.of("audio", Codec.OPUS);

  @TempDir private static Path directory;

  static Stream<byte[]> frames() {
    String h264 =
        "0000000f674d401f965200a00b76020202810100000004" + "68ee3880" + "0000000465888080";
    String h265Sps =
        "0000002c4201010160000003009000000300000300"
            + "78a003c08010e59656692aec0b57000003000100000300190f08211f";
    String vp8 = "10020a009d012a4001f0000000";
    return Stream.of(
        frames("00", "02", h264, "00", "00000004419a2000", "01", "fc00", "00", "00000002419a"),
        frames(
            "01", "02", h265Sps + "0000000326010a", "00", "00000003020101", "0a", "000000022601"),
        frames("02", "02", vp8, "04", "31020a00", "08", "31020a00", "12", vp8, "09", "78"),
        frames("03", "02", "8249834200140168", "00", "8600", "03", "fc", "0a", "82498342"));
  }

  /** the codec, then for each frame its flags, its length and what it holds */
  private static byte[] frames(String codec, String... flagsAndContents) {
    StringBuilder hex = new StringBuilder(codec);
    for (int i = 0; i < flagsAndContents.length; i += 2) {
      String content = flagsAndContents[i + 1];
      hex.append(flagsAndContents[i]).append("%02x".formatted(content.length() / 2));
      hex.append(content);
    }
    return HexFormat.of().parseHex(hex);
  }

  @MethodSource("frames")
  @FuzzTest
  void shouldMakeAFileOfAnyFrames(byte @NotNull [] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int codec = in.hasRemaining() ? in.get() & 3 : 0;
    TrackDescription video = TrackDescription.of("video", CODECS.get(codec));
    RecordedTracks tracks = new RecordedTracks(List.of(video, AUDIO));
    Mp4File file = null;
    long ticks = 0;
    int taken = 0;
    for (int i = 0; i < MOST_FRAMES && in.remaining() >= 2; i++) {
      int flags = in.get();
      ticks += (flags & GOES_BACK) != 0 ? -2 * TICKS : (flags & LEAPS) != 0 ? LEAP : TICKS;
      byte[] data = new byte[Math.min(in.get() & 0xFF, in.remaining())];
      in.get(data);
      Frame frame = frame(video, flags, data, ticks);
      boolean isRecorded = tracks.take(frame);
      if (file != null && !file.tracks().equals(tracks.list())) {
        finish(file, taken);
        file = null;
        taken = 0;
      }
      if (file == null && tracks.canStartWith(frame)) {
        file = Mp4File.create(directory, "a/ü*", tracks.list(), frame.time());
      }
      if (file != null && isRecorded) {
        file.add(frame);
        taken++;
      }
    }
    if (file != null) {
      finish(file, taken);
    }
  }

  private static Frame frame(TrackDescription video, int flags, byte[] data, long ticks) {
    boolean sound = (flags & SOUND) != 0;
    return new Frame(
        sound ? AUDIO : video,
        ByteBuffer.wrap(data),
        sound ? ticks * 48 / 90 : ticks,
        Instant.ofEpochMilli(1_700_000_000_000L + ticks / 90),
        sound || (flags & KEYFRAME) != 0,
        (flags & SKIPPED) != 0);
  }

  private static void finish(Mp4File file, int taken) throws IOException {
    file.close();
    Mp4 read = Mp4.read(file.path());
    assertThat(read.samples().stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(taken);
    assertThat(read.durations()).allMatch(duration -> duration >= 0);
    assertThat(read.fragments()).isLessThanOrEqualTo(taken);
    Files.delete(file.path());
  }
}
