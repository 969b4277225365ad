package dev.sluice.consumers.quarkus;

import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingResponse;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;

/** A host on Quarkus. */
@ApplicationScoped
class WhepRoute {
  private final SampleRelay relay = new SampleRelay();

  void add(@Observes Router router) {
    router
        .route("/demo/whep*")
        .handler(
            context ->
                context
                    .request()
                    .bodyHandler(body -> answer(context.request(), body.getBytes()))
                    .resume());
  }

  void close(@Observes ShutdownEvent shutdown) {
    relay.close();
  }

  private void answer(HttpServerRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    SignallingResponse answer = relay.answer(request.method().name(), request.path(), headers, body);
    request.response().setStatusCode(answer.status());
    answer.headers().forEach(request.response()::putHeader);
    request.response().end(answer.body());
  }
}
