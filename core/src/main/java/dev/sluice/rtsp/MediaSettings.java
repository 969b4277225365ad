package dev.sluice.rtsp;

import dev.sluice.loop.Transport;
import dev.sluice.receive.MediaSink;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * How media is received, whichever end asked for it.
 *
 * @param sinks where it goes
 * @param clock nanoseconds that never go back
 * @param udpPorts local ports of media
 * @param reportIntervalNanos mean time between RTCP reports
 * @param reorderPackets how many packets wait for an earlier one over UDP
 * @param reorderDelayNanos how long they wait
 */
record MediaSettings(
    MediaSink.Opener sinks,
    MediaCounters counters,
    Transport transport,
    LongSupplier clock,
    SecureRandom random,
    PortRange udpPorts,
    long reportIntervalNanos,
    int reorderPackets,
    long reorderDelayNanos) {}
