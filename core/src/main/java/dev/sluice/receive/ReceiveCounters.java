package dev.sluice.receive;

import java.util.concurrent.atomic.LongAdder;

/**
 * What receivers count: those of a front end together, or those of one peer. Written by any event
 * loop.
 */
public final class ReceiveCounters {
  final LongAdder rtpPackets = new LongAdder();
  final LongAdder rtcpPackets = new LongAdder();
  final LongAdder discarded = new LongAdder();
  final LongAdder requestedAgain = new LongAdder();
  final LongAdder repaired = new LongAdder();

  /** Makes counters at zero. */
  public ReceiveCounters() {}

  /** Counts a packet that belongs to no track, or is malformed. */
  public void discard() {
    discarded.increment();
  }

  /** {@return RTP packets handed on} */
  public long rtpPackets() {
    return rtpPackets.sum();
  }

  /** {@return compound RTCP packets read} */
  public long rtcpPackets() {
    return rtcpPackets.sum();
  }

  /** {@return packets dropped: malformed, of an unknown source or another payload type} */
  public long discarded() {
    return discarded.sum();
  }

  /** {@return packets that peers were asked to send again} */
  public long requestedAgain() {
    return requestedAgain.sum();
  }

  /** {@return lost packets that came again, on request or with another packet} */
  public long repaired() {
    return repaired.sum();
  }
}
