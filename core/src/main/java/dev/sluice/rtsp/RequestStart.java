package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Tells the beginning of a request from other bytes that stand between interleaved frames. */
enum RequestStart {
  /** a method and a space */
  REQUEST,
  /** what may become that */
  UNDECIDED,
  /** anything else */
  NONE;

  private static final byte[][] METHODS =
      Stream.of(
              "OPTIONS",
              "ANNOUNCE",
              "SETUP",
              "RECORD",
              "PAUSE",
              "TEARDOWN",
              "GET_PARAMETER",
              "SET_PARAMETER",
              "DESCRIBE",
              "PLAY",
              "REDIRECT")
          .map(method -> (method + ' ').getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  /** Judges the readable bytes. */
  static RequestStart of(ByteBuf in) {
    if (!isLetter(in.getByte(in.readerIndex()))) {
      return NONE;
    }
    RequestStart result = NONE;
    for (byte[] method : METHODS) {
      int length = Math.min(method.length, in.readableBytes());
      if (matches(in, method, length)) {
        if (length == method.length) {
          return REQUEST;
        }
        result = UNDECIDED;
      }
    }
    return result;
  }

  static boolean isLetter(byte b) {
    return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
  }

  private static boolean matches(ByteBuf in, byte[] method, int length) {
    for (int i = 0; i < length; i++) {
      int c = in.getByte(in.readerIndex() + i);
      if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != method[i]) {
        return false;
      }
    }
    return true;
  }
}
