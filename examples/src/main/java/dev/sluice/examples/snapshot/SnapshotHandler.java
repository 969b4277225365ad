package dev.sluice.examples.snapshot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sluice.Frame;
import dev.sluice.FrameReader;
import dev.sluice.RelayEngine;
import dev.sluice.UnknownStreamException;
import dev.sluice.codec.NalUnitFraming;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET of {@code /{stream}} with the stream's newest keyframe, for {@code ffmpeg -i
 * http://127.0.0.1:8080/cam -frames:v 1 cam.png} for instance.
 */
public final class SnapshotHandler implements HttpHandler {
  private final RelayEngine engine;

  /**
   * Makes a handler.
   *
   * @param engine whose streams are shown
   */
  public SnapshotHandler(RelayEngine engine) {
    this.engine = engine;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String stream = exchange.getRequestURI().getPath().substring(1);
      answer(exchange, stream);
    }
  }

  private void answer(HttpExchange exchange, String stream) throws IOException {
    // This thread alone reads, and at once: nothing has to be told of news.
    try (FrameReader reader =
        engine.readFrames(stream, NalUnitFraming.START_CODES, Runnable::run, () -> {})) {
      Frame keyframe = keyframe(reader);
      if (keyframe == null) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(503, -1);
      } else {
        send(exchange, keyframe);
      }
    } catch (UnknownStreamException e) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private static @Nullable Frame keyframe(FrameReader reader) {
    Frame frame = reader.next();
    while (frame != null && !(frame.track().isVideo() && frame.isKeyframe())) {
      frame = reader.next();
    }
    return frame;
  }

  private static void send(HttpExchange exchange, Frame keyframe) throws IOException {
    byte[] bytes = new byte[keyframe.data().remaining()];
    keyframe.data().get(bytes);
    exchange.getResponseHeaders().set("Content-Type", "video/" + keyframe.track().codec());
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
