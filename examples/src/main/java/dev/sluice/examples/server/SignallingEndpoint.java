package dev.sluice.examples.server;

import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import dev.sluice.whep.WhepHandler;
import dev.sluice.whip.WhipHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jetty host the engine's handlers of WHIP and WHEP: {@code /{stream}/whip}, {@code
 * /{stream}/whep} and the sessions below them.
 */
final class SignallingEndpoint extends Handler.Abstract {
  private static final Pattern PATH = Pattern.compile("/.+/(whip|whep)(/[^/]+)?");

  private final WhipHandler whip;
  private final WhepHandler whep;

  SignallingEndpoint(WhipHandler whip, WhepHandler whep) {
    this.whip = whip;
    this.whep = whep;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Matcher path = PATH.matcher(Request.getPathInContext(request));
    if (!path.matches()) {
      return false;
    }
    boolean publishes = path.group(1).equals("whip");
    Content.Source.asByteArrayAsync(
        request,
        SignallingRequest.MAX_BODY_LENGTH,
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            body -> answer(publishes, request, response, callback, body),
            failure -> refuse(request, response, callback)));
    return true;
  }

  private void answer(
      boolean publishes, Request request, Response response, Callback callback, byte[] body) {
    SignallingRequest offer =
        new SignallingRequest(
            request.getMethod(),
            request.getHttpURI().getPath(),
            headers(request),
            new String(body, StandardCharsets.UTF_8),
            remoteAddress(request));
    (publishes ? whip.handleAsync(offer) : whep.handleAsync(offer))
        .thenAccept(answer -> send(answer, response, callback));
  }

  private static void send(SignallingResponse answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(content), callback);
  }

  private static @Nullable InetSocketAddress remoteAddress(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress tcp
        ? tcp
        : null;
  }

  private static void refuse(Request request, Response response, Callback callback) {
    boolean tooLong = Request.getContentBytesRead(request) > SignallingRequest.MAX_BODY_LENGTH;
    int status = tooLong ? HttpStatus.PAYLOAD_TOO_LARGE_413 : HttpStatus.BAD_REQUEST_400;
    Response.writeError(request, response, callback, status);
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      headers.merge(field.getName(), field.getValue(), (first, next) -> first + ", " + next);
    }
    return headers;
  }
}
