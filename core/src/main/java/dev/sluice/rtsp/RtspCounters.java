package dev.sluice.rtsp;

import java.util.concurrent.atomic.LongAdder;

/** The counts behind {@link RtspStatistics}, written by any event loop. */
final class RtspCounters {
  final LongAdder connectionsAccepted = new LongAdder();
  final LongAdder connectionsClosed = new LongAdder();
  final LongAdder connectionsRefused = new LongAdder();
  final LongAdder sessionsOpened = new LongAdder();
  final LongAdder sessionsClosed = new LongAdder();
  final LongAdder sessionsRefused = new LongAdder();
  final LongAdder unauthorized = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder requests = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder interleavedFrames = new LongAdder();
  final LongAdder datagrams = new LongAdder();
  final LongAdder rtpPackets = new LongAdder();
  final LongAdder rtcpPackets = new LongAdder();
  final LongAdder foreignDatagrams = new LongAdder();
  final LongAdder discarded = new LongAdder();
  final LongAdder requestedAgain = new LongAdder();

  RtspStatistics snapshot() {
    return new RtspStatistics(
        connectionsAccepted.sum() - connectionsClosed.sum(),
        connectionsAccepted.sum(),
        connectionsRefused.sum(),
        sessionsOpened.sum() - sessionsClosed.sum(),
        sessionsOpened.sum(),
        sessionsRefused.sum(),
        unauthorized.sum(),
        timeouts.sum(),
        requests.sum(),
        malformed.sum(),
        failures.sum(),
        interleavedFrames.sum(),
        datagrams.sum(),
        rtpPackets.sum(),
        rtcpPackets.sum(),
        foreignDatagrams.sum(),
        discarded.sum(),
        requestedAgain.sum());
  }
}
