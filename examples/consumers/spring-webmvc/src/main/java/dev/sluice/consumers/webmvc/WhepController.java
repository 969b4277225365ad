package dev.sluice.consumers.webmvc;

import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import dev.sluice.whep.WhepHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WHEP for every stream: {@code /{stream}/whep} and the sessions below it. */
@RestController
class WhepController {
  private final WhepHandler whep;

  WhepController(WhepHandler whep) {
    this.whep = whep;
  }

  @RequestMapping({"/{stream}/whep", "/{stream}/whep/{session}"})
  ResponseEntity<String> handle(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(SignallingRequest.MAX_BODY_LENGTH + 1);
    SignallingResponse answer =
        whep.handle(
            new SignallingRequest(
                request.getMethod(),
                request.getRequestURI(),
                headers(request),
                new String(body, StandardCharsets.UTF_8),
                new InetSocketAddress(request.getRemoteAddr(), request.getRemotePort())));
    ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status());
    answer.headers().forEach(response::header);
    return response.body(answer.body());
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    return Collections.list(request.getHeaderNames()).stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                name -> String.join(", ", Collections.list(request.getHeaders(name)))));
  }
}
