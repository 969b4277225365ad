package dev.sluice.examples.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.FrameInput;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotHandlerTest {
  private static final byte[] KEYFRAME =
      HexFormat.of()
          .parseHex(
              "000000016764000aacd94426c044000003000400000300a03c489658"
                  + "0000000168ebe3cb22c0"
                  + "0000000165888040");
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final RelayEngine engine =
      RelayEngine.builder().network(NetworkOptions.DEFAULT.withBindAddress(LOOPBACK)).build();
  private final FrameInput video =
      engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264))).frames("video");
  private HttpServer http;

  @BeforeEach
  void serve() throws Exception {
    http = HttpServer.create(LOOPBACK, 0);
    http.createContext("/", new SnapshotHandler(engine));
    http.start();
  }

  @AfterEach
  void close() {
    http.stop(0);
    engine.close();
  }

  @Test
  void shouldShowTheNewestKeyframe() throws Exception {
    assertThat(get("cam").statusCode()).as("none yet").isEqualTo(503);
    video.writeFrame(ByteBuffer.wrap(KEYFRAME), 0);
    video.flush();
    HttpResponse<byte[]> response = get("cam");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(KEYFRAME);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("video/H264");
    assertThat(get("none").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> get(String stream) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/" + stream);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
