package dev.sluice.srtp.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client has sent of its two flights (RFC 6347, section 4.2.4; without a cookie exchange):
 * ClientHello, then Certificate, ClientKeyExchange, CertificateVerify and, under the new keys,
 * Finished. Bounded by construction: four messages of limited length, of which it keeps what has
 * come, and a few records of limited length.
 */
final class ClientFlights {
  private static final int HELLO = 0;
  private static final int CERTIFICATE = 1;
  private static final int[] TYPES = {
    HandshakeHeader.CLIENT_HELLO,
    HandshakeHeader.CERTIFICATE,
    HandshakeHeader.CLIENT_KEY_EXCHANGE,
    HandshakeHeader.CERTIFICATE_VERIFY
  };
  private static final int MAX_MESSAGE_LENGTH = 8192;

  /** a point on a curve, and a signature with an RSA key of 4,096 bits, fit easily */
  private static final int[] MAX_LENGTHS = {MAX_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH, 256, 1024};

  private static final int MAX_FINISHED = 4;
  private static final int MAX_FINISHED_LENGTH = 256;

  /** Length of a certificate message that holds none (RFC 5246, section 7.4.6). */
  private static final int EMPTY_CERTIFICATE_LENGTH = 3;

  private final @Nullable MessageAssembly[] messages = new @Nullable MessageAssembly[TYPES.length];
  private final List<byte[]> finished = new ArrayList<>(1);
  private boolean helloArrived;
  private boolean answered;

  /** From now on the second flight is expected: ours, which it answers, has been sent. */
  void expectSecondFlight() {
    answered = true;
  }

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
    if (seq >= TYPES.length || (seq != HELLO && !answered)) {
      return false;
    }
    MessageAssembly message = messages[seq];
    if (message == null) {
      int length = HandshakeHeader.length(buffer, offset);
      if (length > MAX_LENGTHS[seq] || HandshakeHeader.type(buffer, offset) != TYPES[seq]) {
        return false;
      }
      message = new MessageAssembly(TYPES[seq], seq, length);
      messages[seq] = message;
    }
    boolean repeated = message.isWhole();
    if (!message.isOf(buffer, offset) || !message.add(buffer, offset)) {
      return false;
    }
    if (seq == HELLO && message.isWhole()) {
      helloArrived |= !repeated || HandshakeHeader.reachesEnd(buffer, offset);
    }
    return true;
  }

  /**
   * Keeps a handshake record of epoch 1, which is a Finished message if it is genuine.
   *
   * @return false when there is no room for it, or it is too early
   */
  boolean addProtected(byte[] buffer, int offset, int length) {
    if (!answered || finished.size() == MAX_FINISHED || length > MAX_FINISHED_LENGTH) {
      return false;
    }
    finished.add(Arrays.copyOfRange(buffer, offset, offset + length));
    return true;
  }

  /** Returns, once each time, whether the client has sent a whole ClientHello, be it again. */
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
    MessageAssembly certificate = messages[CERTIFICATE];
    if (certificate == null || !certificate.isWhole()) {
      return false;
    }
    return certificate.length() <= EMPTY_CERTIFICATE_LENGTH
        || (!finished.isEmpty() && wholeMessages().size() == TYPES.length);
  }

  /** Returns about how many bytes of memory are kept here. */
  int memory() {
    int sum = 0;
    for (MessageAssembly message : messages) {
      sum += message == null ? 0 : message.memory();
    }
    return sum + finished.size() * MAX_FINISHED_LENGTH;
  }

  /** Returns the messages that are whole, as records, up to the first that is not. */
  List<byte[]> wholeMessages() {
    List<byte[]> records = new ArrayList<>();
    for (MessageAssembly message : messages) {
      byte[] record = message == null ? null : message.record();
      if (record == null) {
        break;
      }
      records.add(record);
    }
    return records;
  }

  /**
   * Returns all that has come, as records in their order: the whole messages, a ChangeCipherSpec
   * and the records of epoch 1. Those are forgotten here: if none of them proves genuine, others
   * have to come.
   */
  List<byte[]> bothFlights() {
    List<byte[]> records = wholeMessages();
    byte[] changeCipherSpec =
        DtlsRecord.plaintext(DtlsRecord.CHANGE_CIPHER_SPEC, records.size(), 1);
    changeCipherSpec[DtlsRecord.HEADER_LENGTH] = 1;
    records.add(changeCipherSpec);
    records.addAll(finished);
    finished.clear();
    return records;
  }
}
