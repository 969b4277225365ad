package dev.sluice.fanout;

import dev.sluice.log.Ring;

/** One viewer's retransmissions in a stream of their own (RFC 4588): each is a new packet. */
final class RtxStream {
  private static final int ORIGINAL_SEQUENCE_LENGTH = 2;

  private final RtpHeaderTemplate header;
  private long sequence;

  RtxStream(SenderParameters parameters, int firstSequence) {
    header =
        RtpHeaderTemplate.plain(
            parameters.rtxPayloadType(), parameters.rtxSsrc(), parameters.transportExtension());
    sequence = firstSequence;
  }

  /** builds the repetition of a packet; returns its size when encrypted */
  int repeat(
      SenderHeaders headers,
      SenderTransport transport,
      Egress egress,
      Ring ring,
      long position,
      byte[] payload,
      int start,
      int length) {
    byte[] rtxPayload = egress.rtxPayload();
    int originalSequence = (int) headers.sequenceOf(position);
    rtxPayload[0] = (byte) (originalSequence >> 8);
    rtxPayload[1] = (byte) originalSequence;
    System.arraycopy(payload, start, rtxPayload, ORIGINAL_SEQUENCE_LENGTH, length);
    int payloadLength = ORIGINAL_SEQUENCE_LENGTH + length;
    int size = header.length() + payloadLength + transport.overhead();
    int at = egress.prepare(size, transport.remote());
    long rtxSequence = sequence++;
    header.write(
        egress.scratch(),
        at,
        ring.marker(position),
        rtxSequence,
        headers.timestampOf(ring, position),
        transport.link().nextSequence());
    return transport.protect(
        rtxSequence, egress.scratch(), at, header.length(), rtxPayload, 0, payloadLength);
  }
}
