package dev.sluice.whep;

import dev.sluice.PeerContext;
import dev.sluice.RelayEngine;
import dev.sluice.loop.RateLimitedLog;
import dev.sluice.pull.PullTimes;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all sessions of a pull share.
 *
 * @param engine where the stream is published
 * @param url of the endpoint
 * @param client asks it
 * @param loop where everything happens
 * @param clock nanoseconds that never go back
 */
record WhepContext(
    RelayEngine engine,
    String streamName,
    PeerContext peer,
    URI url,
    WhepClient client,
    PullTimes times,
    EventLoop loop,
    LongSupplier clock,
    RandomGenerator random,
    RateLimitedLog log) {

  /** whether a publisher has the stream */
  boolean isTaken() {
    return engine.stream(streamName).filter(stream -> stream.isLive()).isPresent();
  }
}
