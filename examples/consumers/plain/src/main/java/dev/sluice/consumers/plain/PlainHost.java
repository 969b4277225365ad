package dev.sluice.consumers.plain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A host with the JDK's own HTTP server. */
public final class PlainHost {
  private PlainHost() {}

  /**
   * Runs until the process ends.
   *
   * @param args none
   * @throws IOException if the port is taken
   */
  public static void main(String[] args) throws IOException {
    SampleRelay relay = new SampleRelay();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), SampleRelay.httpPort());
    HttpServer http = HttpServer.create(address, 0);
    http.createContext("/demo/whep", exchange -> answer(relay, exchange));
    http.start();
    Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
  }

  private static void answer(SampleRelay relay, HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(", ", all)));
    SignallingResponse response =
        relay.answer(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            headers,
            exchange.getRequestBody().readNBytes(SignallingRequest.MAX_BODY_LENGTH + 1));
    response.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
