package dev.sluice.rtsp;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.rtsp.RtspVersions;

/** Makes responses, none of which has a body. */
final class RtspResponses {

  private RtspResponses() {}

  static FullHttpResponse of(HttpResponseStatus status) {
    return new DefaultFullHttpResponse(RtspVersions.RTSP_1_0, status, Unpooled.EMPTY_BUFFER);
  }

  static FullHttpResponse of(HttpResponseStatus status, CharSequence header, String value) {
    FullHttpResponse response = of(status);
    response.headers().set(header, value);
    return response;
  }
}
