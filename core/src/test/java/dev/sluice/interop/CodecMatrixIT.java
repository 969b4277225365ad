package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.sluice.Await;
import dev.sluice.FrameInput;
import dev.sluice.FrameStream;
import dev.sluice.LiveStream;
import dev.sluice.NegotiationException;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackStatistics;
import dev.sluice.codec.Codec;
import dev.sluice.codec.PayloadCounts;
import dev.sluice.rtsp.RtspServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each codec from a real encoder to real players: a cell a test. */
class CodecMatrixIT {
  private static final int PICTURES = 50;
  private static final int SAMPLES = 16_000;
  private static final String STREAM = "matrix";
  private static final String FFMPEG_PICTURES =
      "ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc2=size=320x240:rate=25 ";
  private static final String FFMPEG_SOUND =
      "-f lavfi -i sine=sample_rate=48000 -t 60 -map 0:v -map 1:a ";
  private static final String GSTREAMER =
      "gst-launch-1.0 -q rtspclientsink name=s protocols=tcp location=%s"
          + " videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1"
          + " ! videoconvert ! video/x-raw,format=I420 ! %s ! s."
          + " audiotestsrc is-live=true ! audioconvert ! audioresample ! %s ! s.";
  private static final String PLAYER =
      "ffmpeg -nostdin -loglevel error -rtsp_transport tcp -i %s -map 0:v -map 0:a"
          + " -frames:v 50 -f framehash -hash crc32 %s";

  @TempDir Path directory;
  private RelayEngine engine;
  private RtspServer rtsp;
  private Process encoder;

  @BeforeEach
  void start() throws IOException {
    InetAddress all = new InetSocketAddress(0).getAddress(); // webrtcbin does not use loopback
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress(all, 0)))
            .build();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    rtsp = RtspServer.builder(engine).bind(new InetSocketAddress(loopback, 0));
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (encoder != null) {
      Peers.stop(encoder);
    }
    rtsp.close();
    engine.close();
  }

  /** what ffmpeg publishes by RTSP, ffmpeg reads by RTSP */
  @ParameterizedTest
  @CsvSource({"H264,OPUS", "H265,PCMU", "VP8,PCMA", "VP9,G722"})
  void shouldRelayFromFfmpegByRtspToFfmpegByRtsp(Codec video, Codec audio) throws Exception {
    publishFromFfmpeg(video, audio);
    readByFfmpeg();
    assertNothingLost();
  }

  @ParameterizedTest
  @CsvSource({"H264,OPUS", "VP8,PCMA", "VP9,G722", "VP8,PCMU"})
  void shouldRelayFromFfmpegByRtspToLibwebrtc(Codec video, Codec audio) throws Exception {
    publishFromFfmpeg(video, audio);
    watchByLibwebrtc(video, true);
    assertNothingLost();
  }

  @ParameterizedTest
  @CsvSource({"H264,OPUS", "H265,PCMU", "VP8,PCMA", "VP9,G722"})
  void shouldRelayFromGstreamerByRtspToFfmpegByRtsp(Codec video, Codec audio) throws Exception {
    publishFromGstreamer(video, audio);
    readByFfmpeg();
    assertNothingLost();
  }

  @ParameterizedTest
  @CsvSource({"H264,OPUS", "VP8,PCMA", "VP9,G722"})
  void shouldRelayFromGstreamerByRtspToLibwebrtc(Codec video, Codec audio) throws Exception {
    publishFromGstreamer(video, audio);
    watchByLibwebrtc(video, true);
    assertNothingLost();
  }

  @ParameterizedTest
  @CsvSource({"ffmpeg", "GStreamer"})
  void shouldRelayH265ByRtspToGstreamersWebrtcbin(String source) throws Exception {
    WebrtcbinViewer.assumeInstalled();
    if (source.equals("ffmpeg")) {
      publishFromFfmpeg(Codec.H265, Codec.PCMU);
    } else {
      publishFromGstreamer(Codec.H265, Codec.PCMU);
    }
    try (WebrtcbinViewer peer =
        new WebrtcbinViewer("H265", "rtph265depay ! h265parse ! avdec_h265")) {
      peer.answer(engine.play(STREAM, peer.offer()).answer());
      Await.await(() -> peer.pictures() >= PICTURES, "pictures in webrtcbin");
    }
    assertNothingLost();
  }

  /** decoded by ffmpeg, which shows pictures at the times that browsers would get */
  @ParameterizedTest
  @CsvSource({"libx264 -preset veryfast", "libx265 -preset veryfast -x265-params log-level=error"})
  void shouldLeaveOutBPicturesAndKeepTimeIncreasing(String videoEncoder) throws Exception {
    Peers.assumeInstalled("ffmpeg");
    publish(
        FFMPEG_PICTURES
            + FFMPEG_SOUND
            + "-c:v %s -bf 3 -g 50 -c:a libopus -f rtsp -rtsp_transport tcp %s"
                .formatted(videoEncoder, uri()),
        videoEncoder.startsWith("libx264") ? Codec.H264 : Codec.H265,
        Codec.OPUS);
    readByFfmpeg();
    assertThat(timesOfPictures()).isSorted().doesNotHaveDuplicates();
    PayloadCounts counts = publisher().track("video").statistics().payload();
    assertThat(counts.reorderedPicturesDropped()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"H264,OPUS"})
  void shouldRelayBPicturesToLibwebrtc(Codec video, Codec audio) throws Exception {
    Peers.assumeInstalled("ffmpeg");
    publish(
        FFMPEG_PICTURES
            + FFMPEG_SOUND
            + "-c:v libx264 -preset veryfast -bf 3 -g 50 -c:a libopus -f rtsp -rtsp_transport tcp "
            + uri(),
        video,
        audio);
    watchByLibwebrtc(video, true);
    assertNothingLost();
  }

  private List<Long> timesOfPictures() throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("frames"))) {
      return lines
          .filter(line -> line.startsWith("0,"))
          .map(line -> Long.valueOf(line.split(",")[2].strip()))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"H265,PCMU"})
  void shouldRefuseAViewerWithoutTheCodec(Codec video, Codec audio) throws Exception {
    publishFromFfmpeg(video, audio);
    PeerConnectionFactory factory = LibwebrtcViewer.newFactory();
    try (LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      String offer = peer.offer();
      assertThatThrownBy(() -> engine.play(STREAM, offer))
          .isInstanceOf(NegotiationException.class)
          .hasMessageContaining("does not offer H265/90000");
    } finally {
      factory.dispose();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "H264,libx264 -preset ultrafast -tune zerolatency -g 25 -f h264",
    "AV1,libaom-av1 -usage realtime -cpu-used 8 -pix_fmt yuv420p -b:v 500k -g 25 -f obu"
  })
  void shouldRelayFramesOfAHostToLibwebrtc(Codec video, String arguments) throws Exception {
    Peers.assumeInstalled("ffmpeg");
    encoder = Peers.startPiped(FFMPEG_PICTURES + "-t 60 -c:v " + arguments + " -");
    Publisher publisher = engine.publish(STREAM, List.of(TrackDescription.of("video", video)));
    Thread pushing = new Thread(() -> push(publisher.frames("video"), video));
    pushing.start();
    awaitKeyframe();
    watchByLibwebrtc(video, false);
    Peers.stop(encoder);
    pushing.join(TimeUnit.SECONDS.toMillis(10));
    assertNothingLost();
  }

  private void push(FrameInput input, Codec codec) {
    long timestamp = 0;
    try (FrameStream frames = FrameStream.of(codec, encoder.getInputStream())) {
      for (ByteBuffer frame = frames.next(); frame != null; frame = frames.next()) {
        input.writeFrame(frame, timestamp += 3_600);
        input.flush();
      }
    } catch (IOException ended) {
      // with the encoder, which was stopped
    }
  }

  private void publishFromFfmpeg(Codec video, Codec audio) throws Exception {
    Peers.assumeInstalled("ffmpeg");
    String videoEncoder =
        switch (video) {
          case H264 -> "libx264 -preset ultrafast -tune zerolatency";
          case H265 -> "libx265 -preset ultrafast -tune zerolatency -x265-params log-level=error";
          case VP8 -> "libvpx -deadline realtime -cpu-used 8 -b:v 500k";
          case VP9 -> "libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 500k -strict experimental";
          default -> throw new IllegalArgumentException(video.name());
        };
    String audioEncoder =
        switch (audio) {
          case OPUS -> "libopus";
          case PCMU -> "pcm_mulaw -ar 8000 -ac 1";
          case PCMA -> "pcm_alaw -ar 8000 -ac 1";
          case G722 -> "g722 -ar 16000 -ac 1";
          default -> throw new IllegalArgumentException(audio.name());
        };
    publish(
        FFMPEG_PICTURES
            + FFMPEG_SOUND
            + "-c:v %s -g 25 -c:a %s -f rtsp -rtsp_transport tcp %s"
                .formatted(videoEncoder, audioEncoder, uri()),
        video,
        audio);
  }

  private void publishFromGstreamer(Codec video, Codec audio) throws Exception {
    Peers.assumeInstalled("gst-launch-1.0");
    String videoEncoder =
        switch (video) {
          case H264 -> "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25";
          case H265 -> "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! h265parse";
          case VP8 ->
              "vp8enc deadline=1 cpu-used=8 keyframe-max-dist=25 ! video/x-vp8,profile=(string)0";
          case VP9 ->
              "vp9enc deadline=1 cpu-used=8 keyframe-max-dist=25 ! video/x-vp9,profile=(string)0";
          default -> throw new IllegalArgumentException(video.name());
        };
    String audioEncoder =
        switch (audio) {
          case OPUS -> "opusenc";
          case PCMU -> "mulawenc";
          case PCMA -> "alawenc";
          case G722 -> "avenc_g722";
          default -> throw new IllegalArgumentException(audio.name());
        };
    publish(GSTREAMER.formatted(uri(), videoEncoder, audioEncoder), video, audio);
  }

  private void publish(String command, Codec video, Codec audio) throws Exception {
    encoder = Peers.start(command, directory.resolve("encoder"));
    awaitKeyframe();
    assertThat(engine.stream(STREAM).orElseThrow().tracks())
        .extracting(TrackDescription::codec)
        .containsExactlyInAnyOrder(video, audio);
  }

  private void readByFfmpeg() throws Exception {
    Peers.assumeInstalled("ffmpeg");
    Path frames = directory.resolve("frames");
    Process player = Peers.start(PLAYER.formatted(uri(), frames), directory.resolve("player"));
    try {
      assertThat(player.waitFor(60, TimeUnit.SECONDS)).as("the player is done").isTrue();
    } finally {
      Peers.stop(player);
    }
    assertThat(directory.resolve("player")).content().isEmpty();
    assertThat(lines(frames, "0,")).isGreaterThanOrEqualTo(PICTURES);
    assertThat(lines(frames, "1,")).isPositive();
  }

  private static long lines(Path file, String start) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(start)).count();
    }
  }

  private void watchByLibwebrtc(Codec video, boolean sound) throws Exception {
    PeerConnectionFactory factory = LibwebrtcViewer.newFactory();
    try (LibwebrtcViewer peer = new LibwebrtcViewer(factory, video.name())) {
      peer.answer(engine.play(STREAM, peer.offer()).answer());
      peer.awaitConnected();
      Await.await(() -> peer.frames() >= PICTURES, "pictures in libwebrtc");
      assertThat(peer.statistics("INBOUND_RTP", "kind", "video").get("packetsLost")).isEqualTo(0);
      if (sound) {
        Await.await(() -> peer.audioSamples() >= SAMPLES, "sound in libwebrtc");
      }
    } finally {
      factory.dispose();
    }
  }

  private void assertNothingLost() {
    Publisher publisher = publisher();
    for (TrackDescription track : publisher.tracks()) {
      TrackStatistics statistics = publisher.track(track.name()).statistics();
      assertThat(statistics.lost() + statistics.malformed() + statistics.outOfOrder())
          .as(track.name())
          .isZero();
    }
  }

  private Publisher publisher() {
    return engine.stream(STREAM).orElseThrow().publisher().orElseThrow();
  }

  private void awaitKeyframe() throws InterruptedException {
    Await.await(
        () -> {
          assertThat(encoder.isAlive()).as("the encoder runs").isTrue();
          return engine.stream(STREAM)
              .flatMap(LiveStream::publisher)
              .map(publisher -> publisher.track("video").statistics().keyframes() > 0)
              .orElse(false);
        },
        "a keyframe");
  }

  private String uri() {
    return "rtsp://127.0.0.1:" + rtsp.localAddress().getPort() + "/" + STREAM;
  }
}
