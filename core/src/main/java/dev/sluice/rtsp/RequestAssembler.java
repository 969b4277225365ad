package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Puts the decoder's parts of a request together: its head and the pieces of its body. */
final class RequestAssembler {

  /** What has come so far. */
  enum Status {
    /** not all of a request */
    INCOMPLETE,
    /** a request, to be taken */
    COMPLETE,
    /** a request whose body is longer than {@link #MAX_BODY_LENGTH} */
    TOO_LARGE,
    /** no request */
    MALFORMED
  }

  static final int MAX_BODY_LENGTH = 65_536;

  private static final byte[] EMPTY = {};

  private @Nullable HttpRequest head;
  private byte[] body = EMPTY;
  private int length;

  /** Adds a part, borrowed. */
  Status add(HttpObject part) {
    if (part.decoderResult().isFailure()) {
      return Status.MALFORMED;
    }
    if (part instanceof HttpRequest request) {
      long announced = announcedLength(request);
      if (announced < 0 || announced > MAX_BODY_LENGTH) {
        return announced < 0 ? Status.MALFORMED : Status.TOO_LARGE;
      }
      head = request;
      body = announced == 0 ? EMPTY : new byte[(int) announced];
      length = 0;
    } else if (head == null) {
      return Status.MALFORMED;
    }
    if (part instanceof HttpContent content) {
      ByteBuf piece = content.content();
      int size = piece.readableBytes();
      if (size > body.length - length) {
        return Status.MALFORMED;
      }
      piece.getBytes(piece.readerIndex(), body, length, size);
      length += size;
    }
    return part instanceof LastHttpContent ? Status.COMPLETE : Status.INCOMPLETE;
  }

  private static long announcedLength(HttpRequest request) {
    try {
      return HttpUtil.getContentLength(request, 0L);
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }

  /** The request that {@link #add} said is complete. */
  RtspRequest take() {
    HttpRequest request = head;
    if (request == null) {
      throw new IllegalStateException("no request");
    }
    RtspRequest result =
        new RtspRequest(
            request.protocolVersion(), request.method(), request.uri(), request.headers(), body);
    head = null;
    body = EMPTY;
    return result;
  }
}
