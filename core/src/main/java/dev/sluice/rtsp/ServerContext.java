package dev.sluice.rtsp;

import dev.sluice.loop.RateLimitedLog;
import dev.sluice.loop.Transport;
import dev.sluice.receive.MediaSink;
import dev.sluice.spi.StreamReader;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * What all connections of a server share.
 *
 * @param clock nanoseconds that never go back
 * @param connections those that are open
 * @param log for what peers do
 * @param closed whether connections are to close at once
 */
record ServerContext(
    RtspOptions options,
    RtspCounters counters,
    MediaSink.Opener sinks,
    StreamReader.Opener streams,
    Transport transport,
    LongSupplier clock,
    SecureRandom random,
    Authentication authentication,
    ServerLimits limits,
    Set<RtspConnection> connections,
    RateLimitedLog log,
    AtomicBoolean closed) {

  private static final int SESSION_ID_BYTES = 16;

  static ServerContext of(
      RtspOptions options,
      MediaSink.Opener sinks,
      StreamReader.Opener streams,
      Transport transport,
      LongSupplier clock,
      SecureRandom random) {
    return new ServerContext(
        options,
        new RtspCounters(),
        sinks,
        streams,
        transport,
        clock,
        random,
        new Authentication(options.authentication(), new DigestNonces(random), clock),
        new ServerLimits(options),
        ConcurrentHashMap.newKeySet(),
        new RateLimitedLog(LoggerFactory.getLogger(RtspServer.class), clock),
        new AtomicBoolean());
  }

  /** how what publishers send is received */
  MediaSettings media() {
    return new MediaSettings(
        sinks,
        counters.media,
        transport,
        clock,
        random,
        options.udpPorts(),
        options.reportIntervalNanos(),
        options.reorderPackets(),
        options.reorderDelayNanos());
  }

  String newSessionId() {
    byte[] id = new byte[SESSION_ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
