package dev.sluice.fanout;

import dev.sluice.RetransmissionBuffer;
import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.loop.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Answers one viewer's NACKs for one track: reads the log again at the position a sequence number
 * stands for. With RTX (RFC 4588) the packet goes out on an SSRC of its own, else again on the
 * first one, the same to the bit.
 */
public final class Retransmitter {
  private static final int TRACKED = 256;
  private static final long BURST_BYTES = 64 << 10;
  private static final int ORIGINAL_SEQUENCE_LENGTH = 2;

  private final @Nullable RetransmissionLimits limits;
  private final @Nullable RetransmissionBuffer ownBuffer;
  private final @Nullable RtpHeaderTemplate rtxHeader;
  private final Counter requested = new Counter();
  private final Counter resent = new Counter();
  private final Counter tooLate = new Counter();
  private final Counter limited = new Counter();
  private double creditBytes = BURST_BYTES;
  private long octetsCredited;
  private long rtxSequence;
  private long[] repeated = {};
  private byte[] repeats = {};

  /**
   * Makes an answerer.
   *
   * @param limits what it may cost; null for no retransmission
   * @param ownBuffer the viewer's own store; null to read the log
   * @param parameters what was negotiated
   * @param firstRtxSequence a random number below 2^15
   */
  public Retransmitter(
      @Nullable RetransmissionLimits limits,
      @Nullable RetransmissionBuffer ownBuffer,
      SenderParameters parameters,
      int firstRtxSequence) {
    this.limits = limits;
    this.ownBuffer = ownBuffer;
    rtxHeader =
        parameters.hasRtx()
            ? RtpHeaderTemplate.plain(parameters.rtxPayloadType(), parameters.rtxSsrc())
            : null;
    rtxSequence = firstRtxSequence;
  }

  /** {@return sequence numbers that the viewer asked for; any thread} */
  public long requested() {
    return requested.get();
  }

  /** {@return packets sent again; any thread} */
  public long resent() {
    return resent.get();
  }

  /** {@return asked for when the log did not hold them any more, or never did; any thread} */
  public long tooLate() {
    return tooLate.get();
  }

  /** {@return not sent again because of a limit; any thread} */
  public long limited() {
    return limited.get();
  }

  void sent(int sequence, byte[] packet, int at, int size) {
    if (ownBuffer != null) {
      ownBuffer.sent(sequence & 0xFFFF, packet, at, size);
    }
  }

  /**
   * Sends a packet again, if it is held and the limits allow it.
   *
   * @param sender whose packet it is
   * @param transport the viewer's keys and address
   * @param egress where it leaves
   * @param sequenceNumber its RTP sequence number
   */
  public void resend(
      TrackSender sender, SenderTransport transport, Egress egress, int sequenceNumber) {
    if (limits == null) {
      return;
    }
    requested.increment();
    long position = sender.positionOf(sequenceNumber);
    PacketLog log = sender.log();
    boolean held = ownBuffer != null || (log != null && position >= log.head());
    if (position < 0 || log == null || !held) {
      tooLate.increment();
      return;
    }
    if (!admit(position, sender.octets(), limits)) {
      limited.increment();
      return;
    }
    int size =
        ownBuffer != null
            ? fromOwnBuffer(ownBuffer, transport, egress, sequenceNumber)
            : fromLog(sender, transport, egress, log, position);
    if (size > 0) {
      egress.append(size);
      creditBytes -= size;
      resent.increment();
    } else {
      tooLate.increment();
    }
  }

  private static int fromOwnBuffer(
      RetransmissionBuffer buffer, SenderTransport transport, Egress egress, int sequenceNumber) {
    egress.endRun(transport.remote());
    return buffer.find(sequenceNumber, egress.scratch(), egress.prepare(0, transport.remote()));
  }

  private int fromLog(
      TrackSender sender, SenderTransport transport, Egress egress, PacketLog log, long position) {
    Ring ring = log.ring();
    int start = ring.start(position);
    int length = ring.length(position);
    byte[] payload = ring.bytes(position);
    if (length == 0 || !Ring.contains(payload, start, length)) {
      return 0;
    }
    int size =
        rtxHeader == null
            ? again(sender, transport, egress, ring, position, payload, start, length)
            : onRtxStream(
                rtxHeader, sender, transport, egress, ring, position, payload, start, length);
    return log.holds(position) ? size : 0;
  }

  private static int again(
      TrackSender sender,
      SenderTransport transport,
      Egress egress,
      Ring ring,
      long position,
      byte[] payload,
      int start,
      int length) {
    int size = sender.headerLength(position) + length + transport.overhead();
    int at = egress.prepare(size, transport.remote());
    int headerLength = sender.writeHeader(egress.scratch(), at, ring, position);
    return transport.protect(
        sender.sequenceOf(position), egress.scratch(), at, headerLength, payload, start, length);
  }

  private int onRtxStream(
      RtpHeaderTemplate header,
      TrackSender sender,
      SenderTransport transport,
      Egress egress,
      Ring ring,
      long position,
      byte[] payload,
      int start,
      int length) {
    byte[] rtxPayload = egress.rtxPayload();
    int originalSequence = (int) sender.sequenceOf(position);
    rtxPayload[0] = (byte) (originalSequence >> 8);
    rtxPayload[1] = (byte) originalSequence;
    System.arraycopy(payload, start, rtxPayload, ORIGINAL_SEQUENCE_LENGTH, length);
    int payloadLength = ORIGINAL_SEQUENCE_LENGTH + length;
    int size = header.length() + payloadLength + transport.overhead();
    int at = egress.prepare(size, transport.remote());
    long sequence = rtxSequence++;
    header.write(
        egress.scratch(), at, ring.marker(position), sequence, sender.timestampOf(ring, position));
    return transport.protect(
        sequence, egress.scratch(), at, header.length(), rtxPayload, 0, payloadLength);
  }

  private boolean admit(long position, long octetsSent, RetransmissionLimits allowed) {
    creditBytes =
        Math.min(BURST_BYTES, creditBytes + allowed.maxShare() * (octetsSent - octetsCredited));
    octetsCredited = octetsSent;
    if (creditBytes <= 0) {
      return false;
    }
    if (repeated.length == 0) {
      repeated = new long[TRACKED];
      repeats = new byte[TRACKED];
    }
    int slot = (int) position & (TRACKED - 1);
    if (repeated[slot] != position) {
      repeated[slot] = position;
      repeats[slot] = 0;
    }
    if (repeats[slot] >= allowed.maxRepeats()) {
      return false;
    }
    repeats[slot]++;
    return true;
  }
}
