package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.loop.Counter;
import dev.sluice.stream.ClockAnchor;
import dev.sluice.stream.Track;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's cursor on one track: turns log positions into its packets.
 *
 * <p>A packet's extended sequence number is its position plus an offset that changes only when the
 * cursor jumps, so numbers are continuous for the viewer and a number asked for again leads back to
 * its position. The number is the SRTP index too (RFC 3711, section 3.3.1): no estimate is needed.
 */
public final class TrackSender {
  private static final long UNSET = -1;

  private final SenderTransport transport;
  private final Track track;
  private final SenderParameters parameters;
  private final boolean startAtHeldKeyframe;
  private final Retransmitter retransmitter;
  private final Counter packets = new Counter();
  private final Counter octets = new Counter();
  private final Counter resynchronisations = new Counter();

  private final RtpHeaderTemplate plainHeader;
  private final RtpHeaderTemplate namingHeader;
  private long plainFrom = Long.MAX_VALUE;
  private @Nullable PacketLog log;
  private boolean waiting = true;
  private long startAfter = UNSET;
  private long position;
  private long firstPosition;
  private long sequenceOffset;
  private int timestampOffset;
  private boolean timestampPending;
  private int lastTimestamp;
  private long lastArrivalNanos;
  private boolean frameSent;

  /**
   * Makes a cursor that is on no log yet.
   *
   * @param transport the viewer's keys and address
   * @param track what is read
   * @param parameters what was negotiated
   * @param retransmitter answers the viewer's NACKs
   * @param startAtHeldKeyframe whether to start at the newest keyframe in the log, not the next one
   * @param firstSequence a random number below 2^15, so that the roll-over counter starts at 0
   * @param firstTimestamp a random number
   */
  public TrackSender(
      SenderTransport transport,
      Track track,
      SenderParameters parameters,
      Retransmitter retransmitter,
      boolean startAtHeldKeyframe,
      int firstSequence,
      int firstTimestamp) {
    this.transport = transport;
    this.track = track;
    this.parameters = parameters;
    this.retransmitter = retransmitter;
    this.startAtHeldKeyframe = startAtHeldKeyframe;
    sequenceOffset = firstSequence;
    lastTimestamp = firstTimestamp;
    plainHeader = RtpHeaderTemplate.plain(parameters.payloadType(), parameters.ssrc());
    namingHeader =
        parameters.namesMid()
            ? RtpHeaderTemplate.withMid(
                parameters.payloadType(),
                parameters.ssrc(),
                parameters.midExtension(),
                parameters.mid())
            : plainHeader;
  }

  /** {@return what is read} */
  public Track track() {
    return track;
  }

  /** {@return the SSRC that the viewer was told} */
  public int ssrc() {
    return parameters.ssrc();
  }

  int rtxSsrc() {
    return parameters.hasRtx() ? parameters.rtxSsrc() : 0;
  }

  /** {@return whether a packet was sent} */
  public boolean hasSent() {
    return packets.get() > 0;
  }

  /** {@return RTP packets sent, retransmissions left out; any thread} */
  public long packets() {
    return packets.get();
  }

  /** {@return payload bytes sent; any thread} */
  public long octets() {
    return octets.get();
  }

  /**
   * {@return how often the viewer fell behind what the log holds and was moved to a keyframe; any
   * thread}
   */
  public long resynchronisations() {
    return resynchronisations.get();
  }

  /** {@return what answers the viewer's NACKs} */
  public Retransmitter retransmitter() {
    return retransmitter;
  }

  /**
   * The viewer's RTP clock at a moment, for sender reports (RFC 3550, section 6.4.1).
   *
   * @param nowNanos the moment
   */
  public int timestampAt(long nowNanos) {
    ClockAnchor clock = track.clock();
    return clock == null || timestampPending
        ? lastTimestamp + ClockAnchor.ticks(nowNanos - lastArrivalNanos, track.clockRate())
        : clock.rtpTimestampAt(nowNanos, track.clockRate()) + timestampOffset;
  }

  /** Reads another log from now on; numbers and time go on where they are. */
  void attach(PacketLog newLog) {
    boolean first = log == null;
    log = newLog;
    timestampPending = true;
    waitForKeyframe(newLog, first && !startAtHeldKeyframe ? newLog.tail() : UNSET);
    if (!track.isVideo()) {
      start(first ? newLog.tail() : newLog.head());
    }
  }

  /** Reads nothing more; {@link #attach} begins as for a new viewer, and numbers and time go on. */
  void detach() {
    log = null;
  }

  /** The viewer has heard of us: from here on its m-line is not named (RFC 9143, section 9.2). */
  public void acknowledged() {
    plainFrom = Math.min(plainFrom, position + sequenceOffset);
  }

  /**
   * Sends what the log has for this viewer.
   *
   * @return whether more is there than was allowed to be sent
   */
  boolean sendAvailable(Egress egress, PacketLog from, int most) {
    if (log != from || (waiting && !startAtKeyframe(from))) {
      return false;
    }
    long tail = from.tail();
    long end = Math.min(tail, position + most);
    while (position < end && egress.isWritable()) {
      Ring ring = from.ring();
      if (!sendOne(egress, from, ring)) {
        fellBehind(from);
        break;
      }
    }
    egress.endRun(transport.remote());
    return !waiting && position < tail;
  }

  /** position of a sequence number the viewer names, or -1 when it never had it from this log */
  long positionOf(int sequenceNumber) {
    long last = position + sequenceOffset - 1;
    long sequence = last + (short) (sequenceNumber - (int) last);
    long candidate = sequence - sequenceOffset;
    return !waiting && candidate >= firstPosition && candidate < position ? candidate : -1;
  }

  /**
   * Writes the header of the packet at a position. For a packet that was sent before it is the same
   * to the bit: two different packets must never share an index.
   */
  int writeHeader(byte[] packet, int at, Ring ring, long packetPosition) {
    RtpHeaderTemplate header = headerOf(packetPosition);
    header.write(
        packet,
        at,
        ring.marker(packetPosition),
        sequenceOf(packetPosition),
        timestampOf(ring, packetPosition));
    return header.length();
  }

  int timestampOf(Ring ring, long packetPosition) {
    return ring.timestamp(packetPosition) + timestampOffset;
  }

  int headerLength(long packetPosition) {
    return headerOf(packetPosition).length();
  }

  /**
   * The extended sequence number of a packet.
   *
   * @param packetPosition its position in the log
   */
  public long sequenceOf(long packetPosition) {
    return packetPosition + sequenceOffset;
  }

  /** ends the session that could not be sent to */
  void failed(Throwable cause) {
    transport.failed(cause);
  }

  @Nullable PacketLog log() {
    return log;
  }

  SenderParameters parameters() {
    return parameters;
  }

  private boolean sendOne(Egress egress, PacketLog from, Ring ring) {
    int length = ring.length(position);
    int start = ring.start(position);
    byte[] payload = ring.bytes(position);
    if (!Ring.contains(payload, start, length)) {
      return false;
    }
    if (length == 0) {
      position++;
      return from.holds(position - 1);
    }
    if (timestampPending && !continueTimeline(from, ring)) {
      return false;
    }
    int size = headerLength(position) + length + transport.overhead();
    int at = egress.prepare(size, transport.remote());
    int headerLength = writeHeader(egress.scratch(), at, ring, position);
    boolean marker = ring.marker(position);
    int timestamp = timestampOf(ring, position);
    long arrival = ring.arrivalNanos(position);
    size =
        transport.protect(
            sequenceOf(position), egress.scratch(), at, headerLength, payload, start, length);
    if (size < 0 || !from.holds(position)) {
      return false;
    }
    retransmitter.sent((int) sequenceOf(position), egress.scratch(), at, size);
    egress.append(size);
    position++;
    packets.increment();
    octets.add(length);
    lastTimestamp = timestamp;
    lastArrivalNanos = arrival;
    if (marker && !frameSent) {
      frameSent = true;
      transport.frameSent(this);
    }
    return true;
  }

  private RtpHeaderTemplate headerOf(long packetPosition) {
    return sequenceOf(packetPosition) < plainFrom ? namingHeader : plainHeader;
  }

  private boolean startAtKeyframe(PacketLog from) {
    long keyframe = from.newestKeyframe();
    if (keyframe < 0 || keyframe < startAfter) {
      transport.needKeyframe(track);
      return false;
    }
    start(keyframe);
    return true;
  }

  private void start(long newPosition) {
    long nextSequence = position + sequenceOffset;
    position = newPosition;
    firstPosition = newPosition;
    sequenceOffset = nextSequence - newPosition;
    waiting = false;
  }

  /** The sequence number of the packet that could not be read whole is burnt: it keyed a cipher */
  private void fellBehind(PacketLog from) {
    resynchronisations.increment();
    sequenceOffset++;
    if (track.isVideo()) {
      waitForKeyframe(from, position);
    } else {
      start(from.tail());
    }
  }

  private void waitForKeyframe(PacketLog from, long after) {
    waiting = true;
    startAfter = after;
  }

  /** Time goes on from the last packet of the log read before (or from the random start) */
  private boolean continueTimeline(PacketLog from, Ring ring) {
    long elapsed = hasSent() ? ring.arrivalNanos(position) - lastArrivalNanos : 0;
    int next = lastTimestamp + ClockAnchor.ticks(elapsed, track.clockRate());
    int offset = next - ring.timestamp(position);
    if (!from.holds(position)) {
      return false;
    }
    timestampPending = false;
    timestampOffset = offset;
    return true;
  }
}
