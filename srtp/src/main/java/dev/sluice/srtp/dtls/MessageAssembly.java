package dev.sluice.srtp.dtls;

import java.util.BitSet;

/**
 * One handshake message, put together from fragments of any size, order and overlap (RFC 6347,
 * section 4.2.3). Once whole its body no longer changes; fragments that then arrive tell when the
 * peer has sent the message all over again.
 */
final class MessageAssembly {
  private final int type;
  private final byte[] body;
  private final BitSet received;
  private boolean complete;

  MessageAssembly(int type, int length) {
    this.type = type;
    this.body = new byte[length];
    this.received = new BitSet(length);
  }

  /**
   * Takes the fragment whose header is at {@code offset}; the caller has checked that the fragment
   * is inside of the buffer and of the message.
   *
   * @return whether this fragment was the one that made the message whole, be it again
   */
  boolean add(byte[] buffer, int offset) {
    if (HandshakeHeader.type(buffer, offset) != type
        || HandshakeHeader.length(buffer, offset) != body.length) {
      return false;
    }
    int from = HandshakeHeader.fragmentOffset(buffer, offset);
    int length = HandshakeHeader.fragmentLength(buffer, offset);
    if (!complete) {
      System.arraycopy(buffer, offset + HandshakeHeader.HEADER_LENGTH, body, from, length);
    }
    received.set(from, from + length);
    if (received.nextClearBit(0) < body.length) {
      return false;
    }
    received.clear();
    complete = true;
    return true;
  }

  boolean isComplete() {
    return complete;
  }

  int type() {
    return type;
  }

  /** Returns the body, which the caller must not change. */
  byte[] body() {
    return body;
  }
}
