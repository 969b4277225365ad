package dev.sluice.consumers.vertx;

import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/** A host on Vert.x; the same source for both lines of it. */
public final class VertxHost {
  private VertxHost() {}

  /**
   * Runs until the process ends.
   *
   * @param args none
   */
  public static void main(String[] args) {
    SampleRelay relay = new SampleRelay();
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(
            request -> request.bodyHandler(body -> answer(relay, request, body.getBytes())))
        .listen(SampleRelay.httpPort(), "127.0.0.1");
    Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
  }

  private static void answer(SampleRelay relay, HttpServerRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    SignallingResponse answer = relay.answer(request.method().name(), request.path(), headers, body);
    request.response().setStatusCode(answer.status());
    answer.headers().forEach(request.response()::putHeader);
    request.response().end(Buffer.buffer(answer.body()));
  }
}
