package dev.sluice.consumers.war;

import dev.sluice.consumers.SampleRelay;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** WHEP in a web application, whose engine lives as long as the application is deployed. */
@WebServlet(urlPatterns = "/demo/whep/*", loadOnStartup = 1)
public final class WhepServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private transient SampleRelay relay;

  @Override
  public void init() {
    relay = new SampleRelay();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, String> headers = new HashMap<>();
    Collections.list(request.getHeaderNames())
        .forEach(name -> headers.put(name, request.getHeader(name)));
    SignallingResponse answer =
        relay.answer(
            request.getMethod(),
            request.getRequestURI(),
            headers,
            request.getInputStream().readNBytes(SignallingRequest.MAX_BODY_LENGTH + 1));
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void destroy() {
    relay.close();
  }
}
