package dev.sluice.examples.server;

import dev.sluice.whep.WhepHandler;
import dev.sluice.whep.WhepRequest;
import dev.sluice.whep.WhepResponse;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
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

/** Lets Jetty host the engine's WHEP handler: {@code /{stream}/whep} and the sessions below it. */
final class WhepEndpoint extends Handler.Abstract {
  private static final Pattern PATH = Pattern.compile("/.+/whep(/[^/]+)?");

  private final WhepHandler whep;

  WhepEndpoint(WhepHandler whep) {
    this.whep = whep;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!PATH.matcher(Request.getPathInContext(request)).matches()) {
      return false;
    }
    Content.Source.asByteArrayAsync(
        request,
        WhepHandler.MAX_BODY_LENGTH,
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            body -> answer(request, response, callback, body),
            failure -> refuse(request, response, callback)));
    return true;
  }

  private void answer(Request request, Response response, Callback callback, byte[] body) {
    WhepRequest whepRequest =
        new WhepRequest(
            request.getMethod(),
            request.getHttpURI().getPath(),
            headers(request),
            new String(body, StandardCharsets.UTF_8),
            remoteAddress(request));
    whep.handleAsync(whepRequest).thenAccept(answer -> send(answer, response, callback));
  }

  private static void send(WhepResponse answer, Response response, Callback callback) {
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
    boolean tooLong = Request.getContentBytesRead(request) > WhepHandler.MAX_BODY_LENGTH;
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
