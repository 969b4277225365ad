package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.AUTHORIZATION;
import static dev.sluice.rtsp.HeaderNames.CSEQ;
import static dev.sluice.rtsp.HeaderNames.SESSION;
import static dev.sluice.rtsp.HeaderNames.USER_AGENT;
import static dev.sluice.rtsp.HeaderNames.WWW_AUTHENTICATE;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.rtsp.RtspMethods;
import io.netty.handler.codec.rtsp.RtspVersions;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a client one after the other, answers challenges, and finds which response
 * belongs to which. On the channel's event loop only.
 */
final class RequestOut {
  static final int NONE = 0;

  private static final int UNAUTHORIZED = 401;

  /**
   * A request without a response yet.
   *
   * @param answered how often it was sent again because the server asked for credentials
   */
  private record Pending(
      String method,
      String uri,
      Map<String, String> headers,
      Consumer<RtspResponse> then,
      int cSeq,
      int answered) {}

  private final Channel channel;
  private final ClientAuthentication authentication;
  private @Nullable Pending pending;
  private @Nullable String session;
  private int cSeq;

  RequestOut(Channel channel, ClientAuthentication authentication) {
    this.channel = channel;
    this.authentication = authentication;
  }

  /** what the server calls the session; null before it has said so */
  @Nullable String session() {
    return session;
  }

  void session(String id) {
    session = id;
  }

  /** the number of the request that waits for its response, or {@link #NONE} */
  int waiting() {
    return pending == null ? NONE : pending.cSeq;
  }

  /** its method; empty without one */
  String waitingMethod() {
    return pending == null ? "" : pending.method;
  }

  /**
   * Sends a request, while no other waits.
   *
   * @param then takes the response, whatever its status
   */
  void send(String method, String uri, Map<String, String> headers, Consumer<RtspResponse> then) {
    send(new Pending(method, uri, headers, then, ++cSeq, 0));
  }

  private void send(Pending next) {
    pending = next;
    channel.writeAndFlush(request(next.method, next.uri, next.headers, next.cSeq));
  }

  /** Sends a request whose response is of no interest. */
  void sendLast(String method, String uri) {
    channel.writeAndFlush(request(method, uri, Map.of(), ++cSeq));
  }

  private FullHttpRequest request(
      String method, String uri, Map<String, String> headers, int number) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            RtspVersions.RTSP_1_0, RtspMethods.valueOf(method), uri, Unpooled.EMPTY_BUFFER);
    request.headers().set(CSEQ, number).set(USER_AGENT, "Sluice");
    headers.forEach((name, value) -> request.headers().set(name, value));
    if (session != null) {
      request.headers().set(SESSION, session);
    }
    String credentials = authentication.header(method, uri);
    if (credentials != null) {
      request.headers().set(AUTHORIZATION, credentials);
    }
    return request;
  }

  /** Takes a response; one that comes too late, or that nothing asked for, is dropped. */
  void receive(RtspResponse response) {
    Pending asked = pending;
    String number = Objects.requireNonNullElse(response.header(CSEQ), "");
    if (asked == null || !number.isEmpty() && !number.equals(Integer.toString(asked.cSeq))) {
      return;
    }
    pending = null;
    String challenges = response.header(WWW_AUTHENTICATE);
    if (response.status() == UNAUTHORIZED
        && challenges != null
        && authentication.accept(challenges, asked.answered)) {
      send(
          new Pending(
              asked.method, asked.uri, asked.headers, asked.then, ++cSeq, asked.answered + 1));
    } else if (response.status() >= 200) {
      asked.then.accept(response);
    } else {
      pending = asked; // the final response is yet to come
    }
  }
}
