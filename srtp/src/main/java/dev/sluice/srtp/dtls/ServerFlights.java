package dev.sluice.srtp.dtls;

import java.util.List;

/**
 * What a server sends (RFC 6347, section 4.2.4): perhaps HelloVerifyRequest, then ServerHello up to
 * ServerHelloDone and, under the new keys, Finished. Which messages there are and in which order is
 * left to who reads them.
 */
final class ServerFlights extends Flights {
  private static final int MAX_MESSAGES = 7;
  private static final int NOTHING_SENT = -1;

  private boolean begun;

  /** how many messages are answered by what we have sent */
  private int answered = NOTHING_SENT;

  private int taken;
  private boolean done;
  private boolean repeated;

  ServerFlights() {
    super(MAX_MESSAGES);
  }

  @Override
  void begin() {
    begun = true;
  }

  @Override
  int limit(int seq, int type) {
    if (answered == NOTHING_SENT || done) {
      return NOT_EXPECTED;
    }
    switch (type) {
      case HandshakeHeader.HELLO_VERIFY_REQUEST:
        return seq == 0 ? MAX_MESSAGE_LENGTH : NOT_EXPECTED;
      case HandshakeHeader.SERVER_HELLO:
      case HandshakeHeader.CERTIFICATE:
      case HandshakeHeader.SERVER_KEY_EXCHANGE:
      case HandshakeHeader.CERTIFICATE_REQUEST:
      case HandshakeHeader.SERVER_HELLO_DONE:
        return MAX_MESSAGE_LENGTH;
      default:
        return NOT_EXPECTED;
    }
  }

  @Override
  void arrived(int seq, boolean again) {
    repeated |= again && seq == answered - 1;
  }

  @Override
  boolean isFinishedExpected() {
    return done;
  }

  @Override
  boolean isStarted() {
    return begun;
  }

  /** Our hello answers nothing; what is here when it is to be made is whole. */
  @Override
  boolean isFlightWhole() {
    if (answered == NOTHING_SENT) {
      return begun;
    }
    return done
        ? hasFinished()
        : endsWith(wholeMessages(), HandshakeHeader.SERVER_HELLO_DONE)
            || (answered == 0 && endsWith(wholeMessages(), HandshakeHeader.HELLO_VERIFY_REQUEST));
  }

  private boolean endsWith(int count, int type) {
    MessageAssembly last = count == 0 ? null : message(count - 1);
    return last != null && last.type() == type;
  }

  @Override
  boolean isLast() {
    return done;
  }

  @Override
  List<byte[]> records() {
    taken = wholeMessages();
    return super.records();
  }

  @Override
  void answered() {
    answered = taken;
    done = endsWith(taken, HandshakeHeader.SERVER_HELLO_DONE);
  }

  @Override
  boolean takeRepeated() {
    boolean result = repeated;
    repeated = false;
    return result;
  }
}
