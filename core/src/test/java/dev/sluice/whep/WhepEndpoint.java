package dev.sluice.whep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.RelayEngine;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP server that answers as it is told to, or as the handler of an engine does. */
final class WhepEndpoint implements AutoCloseable {

  /** Decides what is answered. */
  @FunctionalInterface
  interface Script {
    /** {@return the answer, or null to leave it to the engine} */
    @Nullable SignallingResponse answer(SignallingRequest request);
  }

  final List<SignallingRequest> requests = new CopyOnWriteArrayList<>();
  volatile Script script = request -> null;
  private final WhepHandler handler;
  private final HttpServer http;

  WhepEndpoint(RelayEngine engine) throws IOException {
    handler = new WhepHandler(engine, WhepHandler.options().build());
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  long count(String method) {
    return requests.stream().filter(request -> request.method().equals(method)).count();
  }

  static SignallingResponse status(int status, Map<String, String> headers) {
    return new SignallingResponse(status, headers, "");
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    SignallingRequest request =
        new SignallingRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    SignallingResponse scripted = script.answer(request);
    SignallingResponse response = scripted == null ? handler.handle(request) : scripted;
    response.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
