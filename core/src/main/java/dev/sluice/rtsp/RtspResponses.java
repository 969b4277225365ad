package dev.sluice.rtsp;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.rtsp.RtspVersions;

/** Makes responses, none of which has a body. */
final class RtspResponses {
  private static final int MAX_REASON = 200;

  private RtspResponses() {}

  static FullHttpResponse of(HttpResponseStatus status) {
    return new DefaultFullHttpResponse(RtspVersions.RTSP_1_0, status, Unpooled.EMPTY_BUFFER);
  }

  static FullHttpResponse of(HttpResponseStatus status, CharSequence header, String value) {
    FullHttpResponse response = of(status);
    response.headers().set(header, value);
    return response;
  }

  /**
   * Makes a response that says why in its status line, since encoders show that and no body.
   *
   * @param reason may quote the peer
   */
  static FullHttpResponse of(HttpResponseStatus status, String reason) {
    String head = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    String phrase = status.reasonPhrase() + ": " + head.replaceAll("[^ -~]", "?");
    return of(new HttpResponseStatus(status.code(), phrase));
  }
}
