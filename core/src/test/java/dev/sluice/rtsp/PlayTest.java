package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.RelayEngine;
import dev.sluice.interop.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real players read what a real encoder publishes. */
class PlayTest {
  private static final int FRAMES = 50;
  private static final String ENCODER =
      "ffmpeg -nostdin -loglevel error -re"
          + " -f lavfi -i testsrc2=size=640x360:rate=25 -f lavfi -i sine=sample_rate=48000 -t 60"
          + " -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -b:v 2M"
          + " -c:a libopus -f rtsp -rtsp_transport tcp %s";
  private static final String FFMPEG =
      "ffmpeg -nostdin -loglevel error -rtsp_transport %s -i %s -map 0:v -map 0:a"
          + " -frames:v 50 -f framehash -hash crc32 %s";
  private static final String GSTREAMER =
      "gst-launch-1.0 -q rtspsrc protocols=%s location=%s name=s"
          + " s. ! application/x-rtp,media=video ! rtph264depay ! h264parse"
          + " ! video/x-h264,stream-format=byte-stream,alignment=au ! avdec_h264"
          + " ! identity eos-after=51 ! videoconvert ! video/x-raw,format=GRAY8"
          + " ! filesink location=%s s. ! application/x-rtp,media=audio"
          + " ! identity eos-after=151 ! fakesink";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"ffmpeg,tcp", "ffmpeg,udp", "GStreamer,tcp", "GStreamer,udp"})
  void shouldGiveEveryFrameToAPlayer(String player, String protocol) throws Exception {
    String command = player.equals("ffmpeg") ? FFMPEG : GSTREAMER;
    Peers.assumeInstalled("ffmpeg");
    Peers.assumeInstalled(command.substring(0, command.indexOf(' ')));
    Path frames = directory.resolve("frames");
    try (RelayEngine engine = RealPeers.engine();
        RtspServer rtsp = RtspServer.builder(engine).bind(RealPeers.loopback())) {
      String uri = "rtsp://127.0.0.1:" + rtsp.localAddress().getPort() + "/live/cam";
      Process encoder = Peers.start(ENCODER.formatted(uri), directory.resolve("encoder"));
      try {
        await(() -> engine.stream("live/cam").isPresent(), "the publisher");
        Process reading =
            Peers.start(command.formatted(protocol, uri, frames), directory.resolve("player"));
        assertThat(reading.waitFor(90, TimeUnit.SECONDS)).as("the player is done").isTrue();
      } finally {
        Peers.stop(encoder);
      }
      assertThat(directory.resolve("player")).content().isEmpty();
      assertThat(frames(player, frames)).isGreaterThanOrEqualTo(FRAMES);
      await(() -> rtsp.statistics().players() == 0, "the end of the session");
      assertThat(rtsp.statistics().packetsPlayed()).isGreaterThan(FRAMES);
      assertThat(rtsp.statistics().failures() + rtsp.statistics().malformed()).isZero();
    }
  }

  @Test
  void shouldKnowNoStreamThatNobodyPublishes() throws Exception {
    Peers.assumeInstalled("ffmpeg");
    try (RelayEngine engine = RealPeers.engine();
        RtspServer rtsp = RtspServer.builder(engine).bind(RealPeers.loopback())) {
      String uri = "rtsp://127.0.0.1:" + rtsp.localAddress().getPort() + "/none";
      Process reading =
          Peers.start(
              FFMPEG.formatted("tcp", uri, directory.resolve("none")), directory.resolve("player"));
      assertThat(reading.waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(directory.resolve("player")).content().contains("404");
    }
  }

  private static long frames(String player, Path output) throws IOException {
    if (player.equals("GStreamer")) {
      return Files.size(output) / (640 * 360);
    }
    try (Stream<String> lines = Files.lines(output)) {
      return lines.filter(line -> line.startsWith("0,")).count();
    }
  }
}
