package dev.sluice.rtsp;

import dev.sluice.loop.Transport;
import dev.sluice.receive.MediaSink;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What all connections of a server share.
 *
 * @param clock nanoseconds that never go back
 * @param connections those that are open
 * @param sessions one permit for each session that may still be opened
 * @param closed whether connections are to close at once
 */
record ServerContext(
    RtspOptions options,
    RtspCounters counters,
    MediaSink.Opener sinks,
    Transport transport,
    LongSupplier clock,
    SecureRandom random,
    Set<RtspConnection> connections,
    Semaphore sessions,
    AtomicBoolean closed) {

  ServerContext(
      RtspOptions options,
      MediaSink.Opener sinks,
      Transport transport,
      LongSupplier clock,
      SecureRandom random) {
    this(
        options,
        new RtspCounters(),
        sinks,
        transport,
        clock,
        random,
        ConcurrentHashMap.newKeySet(),
        new Semaphore(options.maxSessions()),
        new AtomicBoolean());
  }
}
