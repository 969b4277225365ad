package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Await;
import dev.sluice.LiveStream;
import dev.sluice.NetworkOptions;
import dev.sluice.PublisherStatistics;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.interop.Peers;
import dev.sluice.signalling.SignallingResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams are pulled from GStreamer's webrtcbin: a full ICE agent that nobody here wrote. */
class WhepPullIT {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String IMPORTS =
      "import gi; gi.require_version('GstSdp','1.0'); gi.require_version('GstWebRTC','1.0')";
  private static final String PICTURES =
      "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 ! ";
  private static final int PACKETS = 100;

  private @Nullable Process sender;

  @ParameterizedTest
  @CsvSource({
    "VP8, vp8enc deadline=1 keyframe-max-dist=25 ! rtpvp8pay",
    "H264, x264enc tune=zerolatency key-int-max=25 ! h264parse ! rtph264pay config-interval=-1"
  })
  void shouldPublishWhatWebrtcbinSends(Codec codec, String encoder) throws Exception {
    Peers.assumeInstalled("python3");
    Process check = new ProcessBuilder(PYTHON, "-c", IMPORTS).start();
    check.waitFor(20, TimeUnit.SECONDS);
    Peers.assume(check.exitValue() == 0, "python3-gi with gir1.2-gst-plugins-bad-1.0");

    InetAddress all = new InetSocketAddress(0).getAddress(); // webrtcbin does not use loopback
    try (RelayEngine edge =
            RelayEngine.builder()
                .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress(all, 0)))
                .build();
        WhepEndpoint endpoint = new WhepEndpoint(edge)) {
      endpoint.script =
          request ->
              request.method().equals("POST")
                  ? new SignallingResponse(
                      201,
                      Map.of("Content-Type", "application/sdp", "Location", "/1"),
                      answer(request.body(), codec, PICTURES + encoder))
                  : WhepEndpoint.status(200, Map.of());
      try (WhepPull pull =
          WhepPull.builder(edge, "copy", endpoint.url("/x/whep"))
              .responseTimeout(Duration.ofSeconds(30))
              .start()) {
        Await.await(
            () -> pull.statistics().state() == WhepPull.State.PLAYING, "it, " + pull.statistics());
        LiveStream copy = edge.stream("copy").orElseThrow();
        Await.await(() -> statistics(copy).packetsReceived() >= PACKETS, "packets");
        assertThat(copy.tracks()).extracting(TrackDescription::codec).containsExactly(codec);
        assertThat(statistics(copy).keyframes()).isPositive();
        assertThat(statistics(copy).packetsLost()).isZero();
      }
      Await.await(() -> endpoint.count("DELETE") == 1, "DELETE");
    } finally {
      if (sender != null) {
        Peers.stop(sender);
      }
    }
  }

  private static PublisherStatistics statistics(LiveStream stream) {
    return stream.publisher().orElseThrow().statistics();
  }

  private String answer(String offer, Codec codec, String elements) {
    try {
      Path script = Path.of(WhepPullIT.class.getResource("webrtcbin_answer.py").toURI());
      Process process =
          new ProcessBuilder(PYTHON, script.toString(), codec.name(), elements)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      sender = process;
      Writer in = process.outputWriter(StandardCharsets.US_ASCII);
      in.write(Base64.getEncoder().encodeToString(offer.getBytes(StandardCharsets.UTF_8)) + "\n");
      in.flush();
      BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
      return new String(Base64.getDecoder().decode(out.readLine()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
