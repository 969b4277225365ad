package dev.sluice.rtsp;

import java.util.concurrent.atomic.LongAdder;

/** The counts behind {@link RtspStatistics}, written by any event loop. */
final class RtspCounters {
  final MediaCounters media = new MediaCounters();
  final LongAdder connectionsAccepted = new LongAdder();
  final LongAdder connectionsClosed = new LongAdder();
  final LongAdder connectionsRefused = new LongAdder();
  final LongAdder sessionsOpened = new LongAdder();
  final LongAdder sessionsClosed = new LongAdder();
  final LongAdder sessionsRefused = new LongAdder();
  final LongAdder playersOpened = new LongAdder();
  final LongAdder playersClosed = new LongAdder();
  final LongAdder packetsPlayed = new LongAdder();
  final LongAdder playSkips = new LongAdder();
  final LongAdder announcementsRefused = new LongAdder();
  final LongAdder takeovers = new LongAdder();
  final LongAdder unauthorized = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder mediaTimeouts = new LongAdder();
  final LongAdder requests = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder failures = new LongAdder();

  RtspStatistics snapshot() {
    return new RtspStatistics(
        connectionsAccepted.sum() - connectionsClosed.sum(),
        connectionsAccepted.sum(),
        connectionsRefused.sum(),
        sessionsOpened.sum() - sessionsClosed.sum(),
        sessionsOpened.sum(),
        sessionsRefused.sum(),
        announcementsRefused.sum(),
        media.tracksDropped.sum(),
        takeovers.sum(),
        unauthorized.sum(),
        timeouts.sum(),
        mediaTimeouts.sum(),
        requests.sum(),
        malformed.sum(),
        failures.sum(),
        media.interleavedFrames.sum(),
        media.datagrams.sum(),
        media.received.rtpPackets(),
        media.received.rtcpPackets(),
        media.foreignDatagrams.sum(),
        media.received.discarded(),
        media.received.requestedAgain(),
        playersOpened.sum() - playersClosed.sum(),
        packetsPlayed.sum(),
        playSkips.sum());
  }
}
