package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.rate.SkippedRuns;
import dev.sluice.stream.ClockAnchor;
import dev.sluice.stream.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, timestamps and headers of one viewer's packets of a track.
 *
 * <p>Numbers go on without a gap whatever the cursor leaves out, and a number asked for again leads
 * back to its position. The extended sequence number is the SRTP index too (RFC 3711, section
 * 3.3.1): no estimate is needed.
 */
final class SenderHeaders {
  private static final long NONE = SkippedRuns.NONE;

  private final RtpHeaderTemplate plain;
  private final RtpHeaderTemplate introducing;
  private final RtpHeaderTemplate plainStamped;
  private final RtpHeaderTemplate introducingStamped;
  private final Timeline timeline;
  private final SkippedRuns numbers;
  private long plainFrom = Long.MAX_VALUE;

  SenderHeaders(SenderParameters parameters, int clockRate, int firstSequence, int firstTimestamp) {
    timeline = new Timeline(clockRate, firstTimestamp);
    numbers = new SkippedRuns(0, firstSequence);
    plain = RtpHeaderTemplate.of(parameters, false, false);
    introducing = RtpHeaderTemplate.of(parameters, true, false);
    plainStamped = RtpHeaderTemplate.of(parameters, false, true);
    introducingStamped = RtpHeaderTemplate.of(parameters, true, true);
  }

  /** Goes on elsewhere; what was sent before is not found again. */
  void jump(long from, long to) {
    numbers.restart(to, numbers.sequenceOf(from));
  }

  /** Leaves out a packet, so that the next one gets its number. */
  void skip(long position) {
    numbers.skip(position, position + 1);
  }

  /** The number of a packet that could not be read whole is nobody's: it keyed a cipher. */
  void burn(long position) {
    numbers.burn(position);
  }

  /** From here on the stream is known: its m-line is not named (RFC 9143, section 9.2). */
  void introduceUpTo(long position) {
    plainFrom = Math.min(plainFrom, sequenceOf(position));
  }

  long sequenceOf(long position) {
    return numbers.sequenceOf(position);
  }

  /** position of a sequence number before that of the next packet, or -1 when there is none */
  long positionOf(int sequenceNumber, long next) {
    long last = sequenceOf(next) - 1;
    long sequence = last + (short) (sequenceNumber - (int) last);
    return sequence <= last ? numbers.positionOf(sequence) : NONE;
  }

  /**
   * The header of the packet at a position. It is the same each time, since it depends on the
   * position and on the packet alone.
   */
  RtpHeaderTemplate of(Ring ring, long position) {
    boolean introduces = sequenceOf(position) < plainFrom;
    if (ring.isStamped(position)) {
      return introduces ? introducingStamped : plainStamped;
    }
    return introduces ? introducing : plain;
  }

  /**
   * Writes the header of the packet at a position. For a packet that was sent before, which has no
   * transport-wide sequence number then, it is the same to the bit: two different packets must
   * never share an index.
   *
   * @param header which {@link #of} gave
   */
  void write(
      RtpHeaderTemplate header,
      byte[] packet,
      int at,
      Ring ring,
      long position,
      int transportSequence) {
    header.write(
        packet,
        at,
        ring.marker(position),
        sequenceOf(position),
        timestampOf(ring, position),
        transportSequence);
    header.stamp(packet, at, ring, position);
  }

  int timestampOf(Ring ring, long position) {
    return timeline.timestampOf(ring, position);
  }

  Timeline timeline() {
    return timeline;
  }

  /** the viewer's RTP clock at a moment, by the publisher's where that is known */
  int timestampAt(long nowNanos, @Nullable ClockAnchor clock) {
    return clock == null || timeline.isInterrupted()
        ? timeline.at(nowNanos)
        : timeline.at(nowNanos, clock);
  }

  /** goes on in the source's time with a packet, where that is new; false when it is overwritten */
  boolean resume(PacketLog log, Ring ring, long position) {
    if (timeline.isInterrupted()) {
      int timestamp = ring.timestamp(position);
      long arrival = ring.arrivalNanos(position);
      if (!log.holds(position)) {
        return false;
      }
      timeline.resume(timestamp, arrival);
    }
    return true;
  }
}
