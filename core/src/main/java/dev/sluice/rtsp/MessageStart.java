package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Tells the beginning of a message from other bytes that stand between interleaved frames. */
enum MessageStart {
  /** a method and a space, or the version that a response begins with */
  MESSAGE,
  /** what may become that */
  UNDECIDED,
  /** anything else */
  NONE;

  private static final byte[][] METHODS =
      bytes(
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
              .map(method -> method + ' '));

  private static final byte[][] METHODS_AND_VERSION =
      Stream.concat(Stream.of(METHODS), Stream.of(bytes(Stream.of("RTSP/"))))
          .toArray(byte[][]::new);

  private static byte[][] bytes(Stream<String> texts) {
    return texts.map(text -> text.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
  }

  /**
   * Judges the readable bytes.
   *
   * @param responses whether the message may be a response
   */
  static MessageStart of(ByteBuf in, boolean responses) {
    if (!isLetter(in.getByte(in.readerIndex()))) {
      return NONE;
    }
    MessageStart result = NONE;
    for (byte[] method : responses ? METHODS_AND_VERSION : METHODS) {
      int length = Math.min(method.length, in.readableBytes());
      if (matches(in, method, length)) {
        if (length == method.length) {
          return MESSAGE;
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
