package dev.sluice.fanout;

/** One viewer's repair packets in a stream of their own: each has an SRTP index of its own. */
final class FecStream {
  private final RtpHeaderTemplate header;
  private final boolean numbered;
  private long sequence;

  FecStream(SenderParameters parameters, int firstSequence) {
    header =
        RtpHeaderTemplate.plain(
            parameters.fecPayloadType(), parameters.fecSsrc(), parameters.transportExtension());
    numbered = parameters.hasTransportSequence();
    sequence = firstSequence;
  }

  /** sends one behind what is sent already; returns its size when encrypted, 0 when it failed */
  int send(
      FecPayload payload,
      int length,
      int timestamp,
      SenderTransport transport,
      Egress egress,
      long nowNanos) {
    int at = egress.prepare(header.length() + length + transport.overhead(), transport.remote());
    long number = sequence++;
    header.write(egress.scratch(), at, false, number, timestamp, transport.link().nextSequence());
    int size =
        transport.protect(
            number, egress.scratch(), at, header.length(), payload.bytes(), 0, length);
    if (size < 0) {
      return 0;
    }
    egress.append(size);
    transport.link().sent(nowNanos, size, numbered);
    return size;
  }
}
