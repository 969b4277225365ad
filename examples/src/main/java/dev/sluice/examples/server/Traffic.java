package dev.sluice.examples.server;

import dev.sluice.LiveStream;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;

/**
 * What was sent to one or more viewers.
 *
 * @param packets RTP packets, retransmissions left out
 * @param bytes of their payload
 * @param lost by the newest report of each
 * @param requested sequence numbers that were asked for again
 * @param resent packets sent again
 * @param keyframeRequests PLI and FIR
 */
record Traffic(
    long packets, long bytes, long lost, long requested, long resent, long keyframeRequests) {

  static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);

  static Traffic of(Viewer viewer) {
    ViewerStatistics statistics = viewer.statistics();
    return new Traffic(
        statistics.packetsSent(),
        statistics.bytesSent(),
        statistics.packetsLost(),
        statistics.retransmissionsRequested(),
        statistics.retransmittedPacketsSent(),
        statistics.pliCount() + statistics.firCount());
  }

  static Traffic of(LiveStream stream) {
    return stream.viewers().stream().map(Traffic::of).reduce(NONE, Traffic::plus);
  }

  Traffic plus(Traffic other) {
    return new Traffic(
        packets + other.packets,
        bytes + other.bytes,
        lost + other.lost,
        requested + other.requested,
        resent + other.resent,
        keyframeRequests + other.keyframeRequests);
  }
}
