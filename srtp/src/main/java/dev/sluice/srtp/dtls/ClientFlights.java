package dev.sluice.srtp.dtls;

/**
 * What a client sends (RFC 6347, section 4.2.4; without a cookie exchange): ClientHello, then
 * Certificate, ClientKeyExchange, CertificateVerify and, under the new keys, Finished.
 */
final class ClientFlights extends Flights {
  private static final int HELLO = 0;
  private static final int CERTIFICATE = 1;
  private static final int[] TYPES = {
    HandshakeHeader.CLIENT_HELLO,
    HandshakeHeader.CERTIFICATE,
    HandshakeHeader.CLIENT_KEY_EXCHANGE,
    HandshakeHeader.CERTIFICATE_VERIFY
  };

  /** a point on a curve, and a signature with an RSA key of 4,096 bits, fit easily */
  private static final int[] MAX_LENGTHS = {MAX_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH, 256, 1024};

  /** Length of a certificate message that holds none (RFC 5246, section 7.4.6). */
  private static final int EMPTY_CERTIFICATE_LENGTH = 3;

  private boolean helloRepeated;
  private boolean answered;

  ClientFlights() {
    super(TYPES.length);
  }

  @Override
  int limit(int seq, int type) {
    boolean expected = type == TYPES[seq] && (seq == HELLO || answered);
    return expected ? MAX_LENGTHS[seq] : NOT_EXPECTED;
  }

  @Override
  void arrived(int seq, boolean repeated) {
    helloRepeated |= seq == HELLO && repeated;
  }

  @Override
  boolean isFinishedExpected() {
    return answered;
  }

  @Override
  boolean isStarted() {
    return message(HELLO) != null;
  }

  @Override
  boolean isFlightWhole() {
    return answered ? isSecondFlightWhole() : wholeMessages() > HELLO;
  }

  private boolean isSecondFlightWhole() {
    MessageAssembly certificate = message(CERTIFICATE);
    if (certificate == null || !certificate.isWhole()) {
      return false;
    }
    return certificate.length() <= EMPTY_CERTIFICATE_LENGTH
        || (hasFinished() && wholeMessages() == TYPES.length);
  }

  @Override
  boolean isLast() {
    return answered;
  }

  @Override
  void answered() {
    answered = true;
  }

  @Override
  boolean takeRepeated() {
    boolean repeated = helloRepeated;
    helloRepeated = false;
    return repeated;
  }
}
