package dev.sluice.srtp.dtls;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One handshake message, put together from fragments of any size, order and overlap (RFC 6347,
 * section 4.2.3). It keeps what has come and nothing on the word of a length field; once whole it
 * is one record and no longer changes.
 */
final class MessageAssembly {
  /** Fragments that may lie apart: what a client cuts its message into, a few times over. */
  private static final int MAX_PIECES = 32;

  /** What keeping a piece costs beyond its bytes. */
  private static final int PIECE_OVERHEAD = 96;

  private final int type;
  private final int seq;
  private final int length;
  private final TreeMap<Integer, byte[]> pieces = new TreeMap<>();
  private int received;
  private byte @Nullable [] record;

  MessageAssembly(int type, int seq, int length) {
    this.type = type;
    this.seq = seq;
    this.length = length;
  }

  /** Returns whether the fragment whose header is at {@code offset} is of this message. */
  boolean isOf(byte[] buffer, int offset) {
    return HandshakeHeader.type(buffer, offset) == type
        && HandshakeHeader.length(buffer, offset) == length;
  }

  /**
   * Takes the fragment whose header is at {@code offset}; the caller has checked that the fragment
   * is of this message, and inside of the buffer and of the message.
   *
   * @return false when there are too many pieces to keep one more
   */
  boolean add(byte[] buffer, int offset) {
    if (record != null) {
      return true;
    }
    int from = HandshakeHeader.fragmentOffset(buffer, offset);
    int to = from + HandshakeHeader.fragmentLength(buffer, offset);
    int body = offset + HandshakeHeader.HEADER_LENGTH - from;
    int first = Math.max(from, end(pieces.floorEntry(from)));
    int last = end(pieces.lowerEntry(to)) > to ? pieces.lowerKey(to) : to;
    if (first < last && !put(first, Arrays.copyOfRange(buffer, body + first, body + last))) {
      return false;
    }
    if (received == length) {
      record = join();
      pieces.clear();
    }
    return true;
  }

  /** Puts a piece in the place of those that lie inside of it. */
  private boolean put(int at, byte[] piece) {
    Map<Integer, byte[]> inside = pieces.subMap(at, at + piece.length);
    received -= inside.values().stream().mapToInt(replaced -> replaced.length).sum();
    inside.clear();
    if (pieces.size() == MAX_PIECES) {
      return false;
    }
    pieces.put(at, piece);
    received += piece.length;
    return true;
  }

  private static int end(Map.@Nullable Entry<Integer, byte[]> piece) {
    return piece == null ? 0 : piece.getKey() + piece.getValue().length;
  }

  private byte[] join() {
    byte[] whole =
        DtlsRecord.plaintext(DtlsRecord.HANDSHAKE, seq, HandshakeHeader.HEADER_LENGTH + length);
    HandshakeHeader.write(whole, DtlsRecord.HEADER_LENGTH, type, seq, length);
    int body = DtlsRecord.HEADER_LENGTH + HandshakeHeader.HEADER_LENGTH;
    pieces.forEach((at, piece) -> System.arraycopy(piece, 0, whole, body + at, piece.length));
    return whole;
  }

  /** Returns about how many bytes of memory are kept here. */
  int memory() {
    return received + (pieces.size() + 1) * PIECE_OVERHEAD;
  }

  boolean isWhole() {
    return record != null;
  }

  /** Returns the whole message as one record, which nobody changes, or null while parts miss. */
  byte @Nullable [] record() {
    return record;
  }

  int type() {
    return type;
  }

  /** Returns the length of the message's body. */
  int length() {
    return length;
  }
}
