package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;

/**
 * Finds where the access units of a source begin and end: by timestamp and marker, and by what
 * follows where the marker cannot be believed.
 */
final class UnitBoundaries {

  private final AccessUnitWriter writer;
  private final MarkerTrust trust;

  private boolean started;
  private int timestamp;
  private boolean lost;
  private boolean marker;
  private boolean markerToVerify;

  UnitBoundaries(AccessUnitWriter writer, H264Counters counters) {
    this.writer = writer;
    trust = new MarkerTrust(counters);
  }

  /** something that came behind the last payload is missing */
  void lose() {
    lost = true;
  }

  boolean hasLost() {
    return lost;
  }

  /** settles what was open before a valid payload, which begins with this NAL unit */
  void arrive(ByteBuf buf, int offset, int length, int payloadTimestamp) {
    AccessUnit unit = writer.unit();
    boolean next =
        !started || payloadTimestamp != timestamp || marker && unit.endsBefore(buf, offset, length);
    if (lost) {
      writer.gap();
    } else {
      if (markerToVerify && (unit.hasSlice() || !next)) {
        trust.observe(marker, next);
      }
      writer.sink().settle(next);
    }
    if (next) {
      started = true;
      timestamp = payloadTimestamp;
      writer.begin(timestamp, lost);
    }
    lost = false;
    marker = false;
    markerToVerify = false;
  }

  /**
   * the payload that arrived was written and ended a NAL unit, so that its marker means something
   */
  void end(boolean payloadMarker) {
    marker = payloadMarker;
    markerToVerify = true;
  }

  /** whether a payload of this time would be one more of the present access unit */
  boolean isWithin(int payloadTimestamp) {
    return started && !lost && payloadTimestamp == timestamp;
  }

  /** where the next packet of a picture stands: a matter of trust */
  Boundary boundary(boolean payloadMarker) {
    if (trust.believes(payloadMarker)) {
      return payloadMarker ? Boundary.LAST : Boundary.INSIDE;
    }
    return Boundary.UNDECIDED;
  }
}
