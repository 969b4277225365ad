package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static dev.sluice.interop.Peers.assumeInstalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.interop.Peers;
import dev.sluice.loop.Transport;
import dev.sluice.receive.RecordingSinks;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real encoders publish to the server. */
class EncoderPublishTest {
  private static final int PACKETS = 60;
  private static final String FFMPEG =
      "ffmpeg -nostdin -loglevel error -re"
          + " -f lavfi -i testsrc2=size=640x360:rate=25 -f lavfi -i sine=sample_rate=48000 -t 60"
          + " -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -b:v 2M"
          + " -c:a libopus -f rtsp -rtsp_transport %s %s";
  private static final String GSTREAMER =
      "gst-launch-1.0 -q rtspclientsink name=s protocols=%s location=%s videotestsrc is-live=true"
          + " ! video/x-raw,width=640,height=360,framerate=25/1"
          + " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! h264parse ! s."
          + " audiotestsrc samplesperbuffer=960 is-live=true"
          + " ! audio/x-raw,rate=48000 ! opusenc ! s.";

  @TempDir Path directory;

  static Stream<Arguments> encoders() {
    List<Arguments> arguments = new ArrayList<>();
    for (Transport transport : List.of(Transport.NIO, Transport.EPOLL)) {
      for (String protocol : List.of("tcp", "udp")) {
        arguments.add(Arguments.of("ffmpeg", FFMPEG, protocol, transport));
      }
    }
    arguments.add(Arguments.of("GStreamer", GSTREAMER, "tcp", Transport.NIO));
    arguments.add(Arguments.of("GStreamer", GSTREAMER, "udp", Transport.NIO));
    return arguments.stream();
  }

  @ParameterizedTest(name = "{0} over {2}, {3}")
  @MethodSource("encoders")
  void shouldReceiveAllThatAnEncoderSends(
      String name, String command, String protocol, Transport transport) throws Exception {
    assumeInstalled(command.substring(0, command.indexOf(' ')));
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "epoll is not available here");
    try (LiveServer server = new LiveServer(transport, new RtspServerBuilder(null))) {
      Process encoder = start(command.formatted(protocol, server.uri("live/encoder")));
      RecordingSinks.Sink sink;
      try {
        sink = server.sink(0);
        await(
            () ->
                sink.sequenceNumbers(0).size() > PACKETS
                    && sink.sequenceNumbers(1).size() > PACKETS
                    && !sink.senderReports.isEmpty(),
            "media of " + name);
      } finally {
        Peers.stop(encoder);
      }
      await(() -> sink.closed, "the end of the session");
      assertThat(sink.streamName).isEqualTo("live/encoder");
      assertThat(sink.tracks)
          .extracting(TrackDescription::codec)
          .containsExactlyInAnyOrder(Codec.H264, Codec.OPUS);
      assertInOrder(sink.sequenceNumbers(0));
      assertInOrder(sink.sequenceNumbers(1));
      RtspStatistics statistics = server.rtsp.statistics();
      assertThat(statistics.malformed() + statistics.failures()).isZero();
      assertThat(statistics.discarded() + statistics.foreignDatagrams()).isZero();
      assertThat(statistics.interleavedFrames() > 0).isEqualTo(protocol.equals("tcp"));
    }
  }

  @Test
  void shouldPublishUnderANameWithASlashBehindIt() throws Exception {
    assumeInstalled("ffmpeg");
    try (LiveServer server = new LiveServer(Transport.NIO, new RtspServerBuilder(null))) {
      publishSome(server, FFMPEG.formatted("tcp", server.uri("live/") + "/"));
      assertThat(server.sink(0).streamName).isEqualTo("live");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void shouldTakeASecondEncodingOfAnEncoderAsARendition(String protocol) throws Exception {
    assumeInstalled("ffmpeg");
    try (LiveServer server = new LiveServer(Transport.NIO, new RtspServerBuilder(null))) {
      publishSome(server, FFMPEG.formatted(protocol, server.uri("cam?rendition=low")));
      assertThat(server.sink(0).streamName).isEqualTo("cam");
      assertThat(server.sink(0).context.rendition()).isEqualTo("low");
      assertThat(server.sink(0).tracks)
          .extracting(TrackDescription::codec)
          .containsExactly(Codec.H264);
    }
  }

  static Stream<Arguments> digests() {
    return Stream.of(FFMPEG, GSTREAMER)
        .flatMap(
            command ->
                Stream.of(
                    Arguments.of(command, AuthenticationScheme.values()),
                    Arguments.of(
                        command, new AuthenticationScheme[] {AuthenticationScheme.DIGEST_MD5}),
                    Arguments.of(
                        command, new AuthenticationScheme[] {AuthenticationScheme.BASIC})));
  }

  @ParameterizedTest
  @MethodSource("digests")
  void shouldAuthenticateEncoders(String command, AuthenticationScheme[] schemes) throws Exception {
    assumeInstalled(command.substring(0, command.indexOf(' ')));
    RtspServerBuilder options =
        new RtspServerBuilder(null)
            .authentication(schemes)
            .authorizer(PublishAuthorizer.passwords(Map.of("encoder", "secret")::get));
    try (LiveServer server = new LiveServer(Transport.NIO, options)) {
      String uri = server.uri("cam").replace("rtsp://", "rtsp://encoder:secret@");
      publishSome(server, command.formatted("tcp", uri));
      assertThat(server.rtsp.statistics().unauthorized()).isEqualTo(1);
    }
  }

  private void publishSome(LiveServer server, String command) throws Exception {
    Process encoder = start(command);
    try {
      RecordingSinks.Sink sink = server.sink(0);
      await(() -> sink.packets.size() > PACKETS, "media");
    } finally {
      Peers.stop(encoder);
    }
    await(() -> server.sink(0).closed, "the end of the session");
  }

  private Process start(String command) throws IOException {
    return Peers.start(command, directory.resolve("output"));
  }

  private static void assertInOrder(List<Integer> sequenceNumbers) {
    for (int i = 1; i < sequenceNumbers.size(); i++) {
      assertThat(sequenceNumbers.get(i) - sequenceNumbers.get(i - 1) & 0xFFFF)
          .as("step to packet %d", i)
          .isEqualTo(1);
    }
  }
}
