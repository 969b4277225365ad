package dev.sluice.examples.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.rtsp.RtspServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an encoder publishes is recorded, and another program plays the files. */
class RecorderPeersTest {
  private static final int FRAMES_PER_SECOND = 25;
  private static final String SOURCE =
      "ffmpeg -nostdin -loglevel error"
          + " -re -f lavfi -i testsrc2=size=320x180:rate=25 -re -f lavfi -i sine -t %d %s"
          + " -f rtsp -rtsp_transport tcp rtsp://127.0.0.1:%d/cam";
  private static final String H264 =
      "-c:v libx264 -preset ultrafast -tune zerolatency -g 25 -c:a libopus";
  private static final String PROBE =
      "ffprobe -v quiet -count_frames -select_streams %s -of csv=p=0"
          + " -show_entries stream=codec_name,nb_read_frames,duration %s";

  @TempDir private Path directory;

  @BeforeAll
  static void assumePeers() {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ffmpeg")));
    boolean required = Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_PEERS"));
    assertThat(installed || !required).as("ffmpeg is installed").isTrue();
    assumeTrue(installed, "ffmpeg is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "h264, opus, 11, " + H264,
    "h264, opus, 3, -c:v libx264 -preset veryfast -bf 3 -g 25 -c:a libopus",
    "hevc, pcm_alaw, 3, -c:v libx265 -preset ultrafast -x265-params log-level=none:bframes=0"
        + " -c:a pcm_alaw -ar 8000",
    "vp8, pcm_mulaw, 3, -c:v libvpx -deadline realtime -cpu-used 8 -c:a pcm_mulaw -ar 8000",
    "vp9, opus, 3, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -strict experimental -c:a libopus"
  })
  void shouldRecordWhatAnotherProgramPlays(String video, String audio, int seconds, String encoder)
      throws Exception {
    record(seconds, encoder);
    Path file = files().get(0);
    assertThat(files()).hasSize(1);
    Probe picture = probe("v", file);
    assertThat(picture.codec()).isEqualTo(video);
    assertThat(picture.frames()).isEqualTo(seconds * FRAMES_PER_SECOND);
    assertThat(picture.seconds()).isCloseTo(seconds, within(1.0 / FRAMES_PER_SECOND));
    assertThat(probe("a", file).codec()).isEqualTo(audio);
    assertThat(complaints(file)).isEmpty();
  }

  @Test
  void shouldLeaveWhatPlaysWhereItIsCutOff() throws Exception {
    record(4, H264);
    Path cutOff = directory.resolve("cut-off");
    byte[] whole = Files.readAllBytes(files().get(0));
    Files.write(cutOff, Arrays.copyOf(whole, whole.length / 2));
    assertThat(probe("v", cutOff).frames()).isBetween(FRAMES_PER_SECOND, 3 * FRAMES_PER_SECOND);
  }

  private void record(int seconds, String encoder) throws Exception {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (RelayEngine engine =
            RelayEngine.builder()
                .network(NetworkOptions.DEFAULT.withBindAddress(loopback))
                .media(MediaOptions.DEFAULT.withReorderedPictures(true))
                .build();
        RtspServer rtsp = RtspServer.builder(engine).bind(loopback);
        Recorder recorder = Recorder.start(engine, directory)) {
      assertThat(run(SOURCE.formatted(seconds, encoder, rtsp.localAddress().getPort()))).isEmpty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private record Probe(String codec, double seconds, int frames) {}

  private static Probe probe(String kind, Path file) throws Exception {
    String[] fields = run(PROBE.formatted(kind, file)).strip().split(",");
    return new Probe(fields[0], Double.parseDouble(fields[1]), Integer.parseInt(fields[2]));
  }

  private static String complaints(Path file) throws Exception {
    return run("ffmpeg -nostdin -v error -i %s -f null -".formatted(file));
  }

  /** runs a command line, whose arguments have no spaces, and gives what it says */
  private static String run(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" +")).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
