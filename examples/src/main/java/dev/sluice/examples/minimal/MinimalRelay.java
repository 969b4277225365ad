package dev.sluice.examples.minimal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.FrameInput;
import dev.sluice.FrameStream;
import dev.sluice.LiveStream;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.rtsp.RtspServer;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import dev.sluice.whep.WhepHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * RTSP or an encoder's output in, WebRTC out, with the JDK's own HTTP server in between. Publish to
 * rtsp://127.0.0.1:8554/cam, or pipe H.264 into the program whose argument is {@code cam}, and open
 * http://127.0.0.1:8889/cam.
 */
public final class MinimalRelay implements AutoCloseable {
  private static final String PAGE =
      """
      <!doctype html><title>Sluice</title><video autoplay muted playsinline controls></video>
      <script type="module">
        const peer = new RTCPeerConnection();
        peer.addTransceiver('video', { direction: 'recvonly' });
        peer.addTransceiver('audio', { direction: 'recvonly' });
        peer.ontrack = ({ streams }) => document.querySelector('video').srcObject = streams[0];
        await peer.setLocalDescription();
        const answer = await fetch(location.pathname + '/whep', {
          method: 'POST',
          headers: { 'Content-Type': 'application/sdp' },
          body: peer.localDescription.sdp,
        });
        await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      </script>
      """;

  private final RelayEngine engine;
  private final RtspServer rtsp;
  private final HttpServer http;

  MinimalRelay(int httpPort, int rtspPort, int webrtcPort) throws IOException {
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(loopback(webrtcPort)))
            .build();
    rtsp = RtspServer.builder(engine).bind(loopback(rtspPort));
    WhepHandler whep = new WhepHandler(engine, WhepHandler.options().build());
    http = HttpServer.create(loopback(httpPort), 0);
    http.createContext("/", exchange -> answer(whep, exchange));
    http.start();
  }

  /**
   * Runs until the process ends.
   *
   * @param args none, or the name of a stream that standard input holds
   * @throws IOException if a port is taken
   */
  public static void main(String[] args) throws IOException {
    MinimalRelay relay = new MinimalRelay(8889, 8554, 8189);
    Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
    if (args.length > 0) {
      relay.publish(args[0], System.in);
    }
  }

  /** Publishes what an encoder writes (H.264, annex B), at the pace at which it comes. */
  void publish(String stream, InputStream encoder) throws IOException {
    List<TrackDescription> tracks = List.of(TrackDescription.of("video", Codec.H264));
    try (Publisher publisher = engine.publish(stream, tracks);
        FrameStream frames = FrameStream.of(Codec.H264, encoder)) {
      FrameInput video = publisher.frames("video");
      long start = System.nanoTime();
      for (ByteBuffer frame = frames.next(); frame != null; frame = frames.next()) {
        video.writeFrame(frame, (System.nanoTime() - start) * 9 / 100_000); // 90 kHz
        video.flush();
      }
    }
  }

  Collection<LiveStream> streams() {
    return engine.streams();
  }

  InetSocketAddress httpAddress() {
    return http.getAddress();
  }

  @Override
  public void close() {
    http.stop(0);
    rtsp.close();
    engine.close();
  }

  private static void answer(WhepHandler whep, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.contains("/whep")) {
      send(exchange, whep.handle(request(exchange, path)));
    } else {
      send(exchange, new SignallingResponse(200, Map.of("Content-Type", "text/html"), PAGE));
    }
  }

  private static SignallingRequest request(HttpExchange exchange, String path) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(",", all)));
    byte[] body = exchange.getRequestBody().readNBytes(SignallingRequest.MAX_BODY_LENGTH + 1);
    return new SignallingRequest(
        exchange.getRequestMethod(), path, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, SignallingResponse response) throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }
}
