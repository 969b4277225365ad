package dev.sluice.fanout;

import dev.sluice.log.Ring;
import dev.sluice.rtp.RtpHeader;

/** One viewer's retransmissions in a stream of their own (RFC 4588): each is a new packet. */
final class RtxStream {
  private static final int ORIGINAL_SEQUENCE_LENGTH = 2;

  private final RtpHeaderTemplate header;
  private final boolean numbered;
  private long sequence;

  RtxStream(SenderParameters parameters, int firstSequence) {
    header =
        RtpHeaderTemplate.plain(
            parameters.rtxPayloadType(), parameters.rtxSsrc(), parameters.transportExtension());
    numbered = parameters.hasTransportSequence();
    sequence = firstSequence;
  }

  /** sends packets that are nothing but padding (RFC 3550, section 5.1), to learn of the link */
  void pad(int bytes, int timestamp, SenderTransport transport, Egress egress, long nowNanos) {
    int size = header.length() + Egress.LARGEST_PADDING + transport.overhead();
    byte[] padding = egress.padding();
    for (int left = bytes; left > 0; left -= size) {
      int at = egress.prepare(size, transport.remote());
      long padded = sequence++;
      header.write(egress.scratch(), at, false, padded, timestamp, transport.link().nextSequence());
      RtpHeader.setPadding(egress.scratch(), at);
      int length =
          transport.protect(
              padded, egress.scratch(), at, header.length(), padding, 0, Egress.LARGEST_PADDING);
      if (length < 0) {
        break;
      }
      egress.append(length);
      transport.link().sent(nowNanos, length, numbered);
    }
    egress.endRun(transport.remote());
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
