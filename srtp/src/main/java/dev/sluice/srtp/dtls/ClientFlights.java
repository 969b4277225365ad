package dev.sluice.srtp.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client has sent of its two flights (RFC 6347, section 4.2.4; without a cookie exchange):
 * ClientHello, then Certificate, ClientKeyExchange, CertificateVerify and, under the new keys,
 * Finished. Bounded by construction: four messages of limited length, a few records of limited
 * length.
 */
final class ClientFlights {
  private static final int MESSAGES = 4;
  private static final int HELLO = 0;
  private static final int CERTIFICATE = 1;
  private static final int MAX_MESSAGE_LENGTH = 8192;

  /** Length that no record given out here exceeds. */
  static final int MAX_RECORD_LENGTH =
      DtlsRecord.HEADER_LENGTH + HandshakeHeader.HEADER_LENGTH + MAX_MESSAGE_LENGTH;

  private static final int MAX_FINISHED = 4;
  private static final int MAX_FINISHED_LENGTH = 256;

  /** Length of a certificate message that holds none (RFC 5246, section 7.4.6). */
  private static final int EMPTY_CERTIFICATE_LENGTH = 3;

  private final @Nullable MessageAssembly[] messages = new @Nullable MessageAssembly[MESSAGES];
  private final List<byte[]> finished = new ArrayList<>(1);
  private boolean helloArrived;

  /**
   * Takes the handshake fragments of a record of epoch 0.
   *
   * @return whether all of them were well-formed and expected
   */
  boolean addPlaintext(byte[] buffer, int offset, int end) {
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
    int type = HandshakeHeader.type(buffer, offset);
    int length = HandshakeHeader.length(buffer, offset);
    if (seq >= MESSAGES
        || length > MAX_MESSAGE_LENGTH
        || (seq == HELLO) != (type == HandshakeHeader.CLIENT_HELLO)
        || (seq != HELLO && !isStarted())) {
      return false;
    }
    MessageAssembly message = messages[seq];
    if (message == null) {
      message = new MessageAssembly(type, length);
      messages[seq] = message;
    }
    if (message.add(buffer, offset) && seq == HELLO) {
      helloArrived = true;
    }
    return true;
  }

  /**
   * Keeps a handshake record of epoch 1, which is a Finished message if it is genuine.
   *
   * @return false when there is no room for it
   */
  boolean addProtected(byte[] buffer, int offset, int length) {
    if (finished.size() == MAX_FINISHED || length > MAX_FINISHED_LENGTH) {
      return false;
    }
    finished.add(Arrays.copyOfRange(buffer, offset, offset + length));
    return true;
  }

  /** Returns, once each time, whether the client has sent a whole ClientHello. */
  boolean takeHelloArrived() {
    boolean arrived = helloArrived;
    helloArrived = false;
    return arrived;
  }

  /** Returns whether any part of a ClientHello is here. */
  boolean isStarted() {
    return messages[HELLO] != null;
  }

  /** Returns whether the second flight is whole, or can already be told to be refused. */
  boolean isSecondFlightComplete() {
    if (!isComplete(CERTIFICATE)) {
      return false;
    }
    if (messages[CERTIFICATE].body().length <= EMPTY_CERTIFICATE_LENGTH) {
      return true;
    }
    for (int seq = CERTIFICATE + 1; seq < MESSAGES; seq++) {
      if (!isComplete(seq)) {
        return false;
      }
    }
    return !finished.isEmpty();
  }

  private boolean isComplete(int seq) {
    MessageAssembly message = messages[seq];
    return message != null && message.isComplete();
  }

  /** Returns the ClientHello as one record. */
  List<byte[]> firstFlight() {
    return List.of(record(HELLO));
  }

  /**
   * Returns all that has come, as records in their order: the whole messages, a ChangeCipherSpec
   * and the records of epoch 1. Those are forgotten here: if none of them proves genuine, others
   * have to come.
   */
  List<byte[]> bothFlights() {
    List<byte[]> records = new ArrayList<>();
    for (int seq = HELLO; seq < MESSAGES && isComplete(seq); seq++) {
      records.add(record(seq));
    }
    byte[] changeCipherSpec =
        DtlsRecord.plaintext(DtlsRecord.CHANGE_CIPHER_SPEC, records.size(), 1);
    changeCipherSpec[DtlsRecord.HEADER_LENGTH] = 1;
    records.add(changeCipherSpec);
    records.addAll(finished);
    finished.clear();
    return records;
  }

  private byte[] record(int seq) {
    MessageAssembly message = messages[seq];
    byte[] body = message.body();
    int length = HandshakeHeader.HEADER_LENGTH + body.length;
    byte[] record = DtlsRecord.plaintext(DtlsRecord.HANDSHAKE, seq, length);
    HandshakeHeader.write(record, DtlsRecord.HEADER_LENGTH, message.type(), seq, body.length);
    System.arraycopy(
        body, 0, record, DtlsRecord.HEADER_LENGTH + HandshakeHeader.HEADER_LENGTH, body.length);
    return record;
  }
}
