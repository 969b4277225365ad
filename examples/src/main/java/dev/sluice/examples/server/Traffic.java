package dev.sluice.examples.server;

import dev.sluice.LiveStream;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import dev.sluice.ViewerTotals;

/**
 * What was sent to one or more viewers.
 *
 * @param packets RTP packets, retransmissions left out
 * @param bytes of their payload
 * @param lost by the newest report of each that is there
 * @param requested sequence numbers that were asked for again
 * @param resent packets sent again
 * @param keyframeRequests PLI and FIR
 */
record Traffic(
    long packets, long bytes, long lost, long requested, long resent, long keyframeRequests) {

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
    long lost =
        stream.viewers().stream().mapToLong(viewer -> viewer.statistics().packetsLost()).sum();
    return of(stream.viewerTotals(), lost);
  }

  static Traffic of(ViewerTotals totals, long lost) {
    return new Traffic(
        totals.packetsSent(),
        totals.bytesSent(),
        lost,
        totals.retransmissionsRequested(),
        totals.retransmittedPacketsSent(),
        totals.pliCount() + totals.firCount());
  }
}
