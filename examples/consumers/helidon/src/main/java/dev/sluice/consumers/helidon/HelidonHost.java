package dev.sluice.consumers.helidon;

import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.Map;

/** A host on Helidon SE. */
public final class HelidonHost {
  private HelidonHost() {}

  /**
   * Runs until the process ends.
   *
   * @param args none
   */
  public static void main(String[] args) {
    SampleRelay relay = new SampleRelay();
    WebServer.builder()
        .host("127.0.0.1")
        .port(SampleRelay.httpPort())
        .routing(
            routing ->
                routing.any("/demo/whep*", (request, response) -> answer(relay, request, response)))
        .build()
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
  }

  private static void answer(SampleRelay relay, ServerRequest request, ServerResponse response) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(header -> headers.put(header.name(), header.values()));
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    SignallingResponse answer =
        relay.answer(request.prologue().method().text(), request.path().rawPath(), headers, body);
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.send(answer.body());
  }
}
