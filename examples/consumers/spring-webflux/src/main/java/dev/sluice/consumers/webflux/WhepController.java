package dev.sluice.consumers.webflux;

import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
final class WhepController {
  private final SampleRelay relay;

  WhepController(SampleRelay relay) {
    this.relay = relay;
  }

  @RequestMapping({"/demo/whep", "/demo/whep/{session}"})
  Mono<ResponseEntity<String>> handle(
      ServerHttpRequest request, @RequestBody(required = false) Mono<byte[]> body) {
    return body.defaultIfEmpty(new byte[0]).map(content -> answer(request, content));
  }

  private ResponseEntity<String> answer(ServerHttpRequest request, byte[] body) {
    SignallingResponse answer =
        relay.answer(
            request.getMethod().name(),
            request.getPath().value(),
            request.getHeaders().toSingleValueMap(),
            body);
    ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status());
    answer.headers().forEach(response::header);
    return response.body(answer.body());
  }
}
