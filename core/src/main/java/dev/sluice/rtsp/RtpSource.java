package dev.sluice.rtsp;

import dev.sluice.RelayEngine;
import dev.sluice.loop.Handover;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that comes as plain RTP over UDP, as a session description says: its ports, payload
 * types and, where it is multicast, its group. It is published when media comes, and ends some time
 * after the last.
 *
 * <pre>{@code
 * RtpSource source = RtpSource.builder(engine, "studio", sdp).start();
 * }</pre>
 *
 * <p>Who sends sender reports gets receiver reports (RFC 3550) back, where they came from, and
 * picture loss indications when viewers need a keyframe. Whoever reaches the ports may send, unless
 * {@link RtpSourceBuilder#from} says otherwise: RTP authenticates nobody.
 *
 * <p>It runs on the engine's event loops, so close it before the engine. Safe for any thread.
 */
public final class RtpSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RtpSource.class);

  private final RtpSession session;
  private final MediaCounters counters;

  RtpSource(RtpSession session, MediaCounters counters) {
    this.session = session;
    this.counters = counters;
  }

  /**
   * Configures a source.
   *
   * @param engine where the stream is published; it must outlive the source
   * @param streamName under which name, in any spelling
   * @param sdp the session description (RFC 8866), with a port in each m-line
   * @return a builder with the defaults
   * @throws IllegalArgumentException for such a name, or a description of which nothing is relayed
   */
  public static RtpSourceBuilder builder(RelayEngine engine, String streamName, String sdp) {
    return new RtpSourceBuilder(engine, streamName, sdp);
  }

  /** {@return what was counted until now} */
  public RtpSourceStatistics statistics() {
    return new RtpSourceStatistics(
        session.isPublishing(),
        counters.datagrams.sum(),
        counters.received.rtpPackets(),
        counters.received.rtcpPackets(),
        counters.foreignDatagrams.sum(),
        counters.received.discarded(),
        counters.received.requestedAgain(),
        counters.tracksDropped.sum());
  }

  /**
   * Closes the ports, which ends the stream's media. Returns when that is done; on an event loop of
   * the engine, at once.
   */
  @Override
  public void close() {
    if (!Handover.await(session.eventLoop(), session::close)) {
      LOG.warn("The engine was closed before a source of RTP");
    }
  }
}
