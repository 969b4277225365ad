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
  private static final long SHORTEST_ROUND_TRIP_NANOS = 5_000_000;
  private static final long LONGEST_ROUND_TRIP_NANOS = 250_000_000;

  /** viewers wait no longer for a packet when there is something newer to show, or hear */
  private static final long USEFUL_NANOS = 1_000_000_000;

  private final @Nullable RetransmissionLimits limits;
  private final @Nullable RetransmissionBuffer ownBuffer;
  private final @Nullable RtxStream rtx;
  private final Counter requested = new Counter();
  private final Counter resent = new Counter();
  private final Counter resentBytes = new Counter();
  private final Counter tooLate = new Counter();
  private final Counter limited = new Counter();
  private final RepeatCredit credit;
  private final Burst burst = new Burst();
  private final KeptRequests kept = new KeptRequests();
  private @Nullable Repeats repeats;

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
    credit = new RepeatCredit(limits == null ? 0 : limits.maxShare());
    this.ownBuffer = ownBuffer;
    rtx = parameters.hasRtx() ? new RtxStream(parameters, firstRtxSequence) : null;
  }

  /** {@return sequence numbers that the viewer asked for; any thread} */
  public long requested() {
    return requested.get();
  }

  /** {@return packets sent again; any thread} */
  public long resent() {
    return resent.get();
  }

  /** {@return bytes of those, with headers and protection; any thread} */
  public long resentBytes() {
    return resentBytes.get();
  }

  /**
   * {@return asked for when the log did not hold them any more, or never did, or when the viewer
   * would have them too late; any thread}
   */
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
   * Sends a packet again, now or, when too much was sent again just before, as soon as may be.
   *
   * @param sender whose packet it is
   * @param transport the viewer's keys and address
   * @param egress where it leaves
   * @param sequenceNumber its RTP sequence number
   * @param nowNanos the engine's clock
   */
  public void resend(
      TrackSender sender,
      SenderTransport transport,
      Egress egress,
      int sequenceNumber,
      long nowNanos) {
    if (limits == null) {
      return;
    }
    requested.increment();
    if (kept.isEmpty() && mayRepeat(sender, nowNanos) && burst.take(1, nowNanos) > 0) {
      serve(limits, sender, transport, egress, sequenceNumber, nowNanos);
    } else if (kept.add(sequenceNumber, nowNanos)) {
      sender.requestKept();
    } else {
      limited.increment();
    }
  }

  /** {@return whether requests wait for credit} */
  public boolean hasKept() {
    return !kept.isEmpty();
  }

  /** returns whether more can be sent again a moment later */
  boolean serveKept(TrackSender sender, SenderTransport transport, Egress egress, long nowNanos) {
    if (limits == null || kept.isEmpty()) {
      return false;
    }
    limited.add(kept.removeUseless(nowNanos));
    while (!kept.isEmpty() && mayRepeat(sender, nowNanos) && burst.take(1, nowNanos) > 0) {
      serve(limits, sender, transport, egress, kept.remove(), nowNanos);
    }
    egress.endRun(transport.remote());
    return credit.allows(sender, nowNanos) && !kept.isEmpty();
  }

  private boolean mayRepeat(TrackSender sender, long nowNanos) {
    return credit.allows(sender, nowNanos) && sender.fit().mayGo(nowNanos);
  }

  /** sends padding where there is a stream for it; in bytes */
  void pad(TrackSender sender, SenderTransport transport, Egress egress, int bytes, long nowNanos) {
    if (rtx != null && bytes > 0) {
      rtx.pad(bytes, sender.timestampAt(nowNanos), transport, egress, nowNanos);
    }
  }

  private void serve(
      RetransmissionLimits allowed,
      TrackSender sender,
      SenderTransport transport,
      Egress egress,
      int sequenceNumber,
      long nowNanos) {
    long position = sender.positionOf(sequenceNumber);
    PacketLog log = sender.log();
    boolean held = ownBuffer != null || (log != null && position >= log.head());
    if (position < 0 || log == null || !held || isPast(sender, log, position, nowNanos)) {
      tooLate.increment();
      return;
    }
    int copies = admit(sender, sender.sequenceOf(position), allowed, transport, nowNanos);
    if (copies == 0) {
      limited.increment();
      return;
    }
    send(sender, transport, egress, log, position, sequenceNumber, nowNanos);
    if (copies > 1) {
      send(sender, transport, egress, log, position, sequenceNumber, nowNanos);
    }
  }

  /** whether it was sent so long ago that the viewer goes on without it, and can */
  private static boolean isPast(TrackSender sender, PacketLog log, long position, long nowNanos) {
    long keyframe = log.newestKeyframe();
    boolean replaced = position < keyframe && keyframe < sender.position();
    return (replaced || !sender.track().isVideo())
        && position >= log.head()
        && nowNanos - log.ring().arrivalNanos(position) >= USEFUL_NANOS;
  }

  private void send(
      TrackSender sender,
      SenderTransport transport,
      Egress egress,
      PacketLog log,
      long position,
      int sequenceNumber,
      long nowNanos) {
    int size =
        ownBuffer != null
            ? fromOwnBuffer(ownBuffer, transport, egress, sequenceNumber)
            : fromLog(sender, transport, egress, log, position);
    if (size > 0) {
      egress.append(size);
      transport.link().sent(nowNanos, size, sender.parameters().hasTransportSequence());
      credit.spend(size);
      resent.increment();
      resentBytes.add(size);
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
        rtx == null
            ? again(sender, transport, egress, ring, position, payload, start, length)
            : rtx.repeat(
                sender.headers(), transport, egress, ring, position, payload, start, length);
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
    RtpHeaderTemplate header = sender.headers().of(ring, position);
    int size = header.length() + length + transport.overhead();
    int at = egress.prepare(size, transport.remote());
    sender.headers().write(header, egress.scratch(), at, ring, position, 0);
    return transport.protect(
        sender.sequenceOf(position), egress.scratch(), at, header.length(), payload, start, length);
  }

  private int admit(
      TrackSender sender,
      long sequence,
      RetransmissionLimits allowed,
      SenderTransport transport,
      long nowNanos) {
    if (repeats == null) {
      repeats = new Repeats();
    }
    long roundTrip = Math.max(SHORTEST_ROUND_TRIP_NANOS, transport.roundTripNanos());
    return repeats.admit(
        sequence,
        allowed.maxRepeats(),
        Math.min(LONGEST_ROUND_TRIP_NANOS, roundTrip),
        nowNanos,
        credit.isAmple(),
        sender.fec() != null && sender.fec().isNeeded());
  }
}
