package dev.sluice.consumers.micronaut;

import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingResponse;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.util.HashMap;
import java.util.Map;

@Controller("/demo/whep")
@Consumes({"application/sdp", "application/trickle-ice-sdpfrag"})
@Produces("application/sdp")
final class WhepController {
  private final SampleRelay relay;

  WhepController(SampleRelay relay) {
    this.relay = relay;
  }

  @Post
  HttpResponse<String> open(HttpRequest<?> request, @Body byte[] offer) {
    return answer(request, offer);
  }

  @Patch("/{session}")
  HttpResponse<String> change(HttpRequest<?> request, String session, @Body byte[] fragment) {
    return answer(request, fragment);
  }

  @Delete("/{session}")
  @Consumes("*/*")
  HttpResponse<String> end(HttpRequest<?> request, String session) {
    return answer(request, new byte[0]);
  }

  private HttpResponse<String> answer(HttpRequest<?> request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    request.getHeaders().forEach((name, all) -> headers.put(name, String.join(", ", all)));
    SignallingResponse answer = relay.answer(request.getMethodName(), request.getPath(), headers, body);
    MutableHttpResponse<String> response =
        HttpResponse.<String>status(HttpStatus.valueOf(answer.status())).body(answer.body());
    answer.headers().forEach(response::header);
    return response;
  }
}
