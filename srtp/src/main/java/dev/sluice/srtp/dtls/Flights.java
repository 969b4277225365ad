package dev.sluice.srtp.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the peer has sent of its flights (RFC 6347, section 4.2.4): handshake messages and, under
 * the new keys, Finished. Bounded by construction: a few messages of limited length, of which it
 * keeps what has come, and a few records of limited length.
 */
abstract class Flights {
  static final int MAX_MESSAGE_LENGTH = 8192;
  static final int NOT_EXPECTED = -1;

  private static final int MAX_FINISHED = 4;
  private static final int MAX_FINISHED_LENGTH = 256;

  private final @Nullable MessageAssembly[] messages;
  private final List<byte[]> finished = new ArrayList<>(1);

  Flights(int messages) {
    this.messages = new @Nullable MessageAssembly[messages];
  }

  /** Returns how long a message may be that has not begun yet, or {@link #NOT_EXPECTED}. */
  abstract int limit(int seq, int type);

  /** A message has become whole, or the end of one that is whole has come again. */
  abstract void arrived(int seq, boolean repeated);

  /** Returns whether the keys are known that Finished goes under. */
  abstract boolean isFinishedExpected();

  /** Returns whether any part of the handshake is here. */
  abstract boolean isStarted();

  /** Returns whether a flight is whole that was not answered, or can already be told to fail. */
  abstract boolean isFlightWhole();

  /** Returns whether nothing but the flight with the peer's Finished is left to be answered. */
  abstract boolean isLast();

  /** Our flight in answer to {@link #records} has been sent. */
  abstract void answered();

  /** Returns, once each time, whether the peer has sent a flight again that was answered. */
  abstract boolean takeRepeated();

  /** The peer is known to receive: where this side is the one to begin, it may. */
  void begin() {}

  /**
   * Takes the handshake fragments of a record of epoch 0.
   *
   * @return whether all of them were well-formed and expected
   */
  final boolean addPlaintext(byte[] buffer, int offset, int end) {
    int at = offset;
    while (at < end) {
      if (end - at < HandshakeHeader.HEADER_LENGTH) {
        return false;
      }
      int length = HandshakeHeader.fragmentLength(buffer, at);
      int next = at + HandshakeHeader.HEADER_LENGTH + length;
      if (next > end
          || HandshakeHeader.fragmentOffset(buffer, at) + length
              > HandshakeHeader.length(buffer, at)
          || !addFragment(buffer, at)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private boolean addFragment(byte[] buffer, int offset) {
    int seq = HandshakeHeader.messageSeq(buffer, offset);
    if (seq >= messages.length) {
      return false;
    }
    MessageAssembly message = messages[seq];
    if (message == null) {
      int type = HandshakeHeader.type(buffer, offset);
      int length = HandshakeHeader.length(buffer, offset);
      if (length > limit(seq, type)) {
        return false;
      }
      message = new MessageAssembly(type, seq, length);
      messages[seq] = message;
    }
    boolean repeated = message.isWhole();
    if (!message.isOf(buffer, offset) || !message.add(buffer, offset)) {
      return false;
    }
    if (message.isWhole() && (!repeated || HandshakeHeader.reachesEnd(buffer, offset))) {
      arrived(seq, repeated);
    }
    return true;
  }

  /**
   * Keeps a handshake record of epoch 1, which is a Finished message if it is genuine.
   *
   * @return false when there is no room for it, or it is too early
   */
  final boolean addProtected(byte[] buffer, int offset, int length) {
    if (!isFinishedExpected() || finished.size() == MAX_FINISHED || length > MAX_FINISHED_LENGTH) {
      return false;
    }
    finished.add(Arrays.copyOfRange(buffer, offset, offset + length));
    return true;
  }

  /** Returns a message, whole or not, or null when nothing of it is here. */
  final @Nullable MessageAssembly message(int seq) {
    return messages[seq];
  }

  /** Returns how many messages are whole, up to the first that is not. */
  final int wholeMessages() {
    int whole = 0;
    while (whole < messages.length && isWhole(messages[whole])) {
      whole++;
    }
    return whole;
  }

  private static boolean isWhole(@Nullable MessageAssembly message) {
    return message != null && message.isWhole();
  }

  final boolean hasFinished() {
    return !finished.isEmpty();
  }

  /** Returns about how many bytes of memory are kept here. */
  final int memory() {
    int sum = 0;
    for (MessageAssembly message : messages) {
      sum += message == null ? 0 : message.memory();
    }
    return sum + finished.size() * MAX_FINISHED_LENGTH;
  }

  /**
   * Returns what has come so far, as records in their order: the whole messages and, where there
   * are any, a ChangeCipherSpec and the records of epoch 1. Those are forgotten here: if none of
   * them proves genuine, others have to come.
   */
  List<byte[]> records() {
    List<byte[]> records = new ArrayList<>();
    for (MessageAssembly message : messages) {
      byte[] record = message == null ? null : message.record();
      if (record == null) {
        break;
      }
      records.add(record);
    }
    if (!finished.isEmpty()) {
      records.add(changeCipherSpec(records.size()));
      records.addAll(finished);
      finished.clear();
    }
    return records;
  }

  private static byte[] changeCipherSpec(int sequence) {
    byte[] record = DtlsRecord.plaintext(DtlsRecord.CHANGE_CIPHER_SPEC, sequence, 1);
    record[DtlsRecord.HEADER_LENGTH] = 1;
    return record;
  }
}
