package dev.sluice.rtsp;

import dev.sluice.LiveStream;
import dev.sluice.RelayEngine;
import dev.sluice.StreamName;
import dev.sluice.check.Check;
import dev.sluice.loop.HostThread;
import dev.sluice.loop.Transport;
import dev.sluice.receive.EngineSink;
import dev.sluice.rtp.ReorderBuffer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the options of an {@link RtpSource}. Each method checks its value and throws an
 * IllegalArgumentException that names the option, the value and what is allowed.
 *
 * <p>Used by one thread.
 */
public final class RtpSourceBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(RtpSource.class);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);
  private static final Duration MOST_DELAY = Duration.ofSeconds(2);

  private final RelayEngine engine;
  private final String streamName;
  private final DescribedSource source;
  private InetAddress localAddress = InetAddress.getLoopbackAddress();
  private @Nullable InetAddress from;
  private Duration mediaTimeout = Duration.ofSeconds(10);
  private int reorderPackets = 256;
  private Duration reorderDelay = Duration.ofMillis(100);

  RtpSourceBuilder(RelayEngine engine, String streamName, String sdp) {
    this.engine = engine;
    this.streamName = StreamName.of(streamName);
    source = DescribedSource.parse(sdp);
  }

  /**
   * Sets the local address that the ports are opened on; of multicast, whose interface joins the
   * group. Default: the loopback address.
   *
   * @param address one of this machine, or for what is no multicast the wildcard
   * @return this
   */
  public RtpSourceBuilder localAddress(InetAddress address) {
    localAddress = Check.present("localAddress", address, "an address of this machine");
    return this;
  }

  /**
   * Sets whose datagrams are taken. Default: anybody's.
   *
   * @param sender its address
   * @return this
   */
  public RtpSourceBuilder from(InetAddress sender) {
    from = Check.present("from", sender, "an address");
    return this;
  }

  /**
   * Sets how long no media may come before the stream ends, until it comes again. Default 10 s.
   *
   * @param timeout 1 s to 1 h
   * @return this
   */
  public RtpSourceBuilder mediaTimeout(Duration timeout) {
    mediaTimeout = Check.range("mediaTimeout", timeout, LEAST, MOST);
    return this;
  }

  /**
   * Sets how far a packet may be ahead of a missing one and still wait for it. Default 256.
   *
   * @param packets 1 to 16384
   * @return this
   */
  public RtpSourceBuilder reorderPackets(int packets) {
    reorderPackets = Check.range("reorderPackets", packets, 1, ReorderBuffer.MAX_CAPACITY);
    return this;
  }

  /**
   * Sets how long a packet may wait for those before it. Default 100 ms.
   *
   * @param delay 0 to 2 s
   * @return this
   */
  public RtpSourceBuilder reorderDelay(Duration delay) {
    reorderDelay = Check.range("reorderDelay", delay, Duration.ZERO, MOST_DELAY);
    return this;
  }

  /**
   * Opens the ports.
   *
   * @return the source, which listens until it is closed
   * @throws UncheckedIOException if a port is taken, or a group cannot be joined
   * @throws IllegalStateException if the engine is closed, or when called on one of its event loops
   */
  public RtpSource start() {
    RtspServer.requireOpen(engine);
    return HostThread.leavingNothing(this::bind);
  }

  private RtpSource bind() {
    MediaCounters counters = new MediaCounters();
    RtpSession session =
        new RtpSession(
            streamName,
            new MediaSettings(
                EngineSink.opener(engine),
                counters,
                Transport.of(engine.eventLoops()),
                System::nanoTime,
                new SecureRandom(),
                PortRange.ephemeral(),
                engine.reportIntervalNanos(),
                reorderPackets,
                reorderDelay.toNanos()),
            engine.eventLoops().next(),
            () -> engine.stream(streamName).filter(LiveStream::isLive).isPresent(),
            mediaTimeout.toNanos());
    RtpSource started = new RtpSource(session, counters);
    try {
      for (DescribedPorts each : source.ports()) {
        session.bind(each, engine.allocator(), localAddress, from);
      }
    } catch (Throwable e) {
      started.close();
      throw e;
    }
    counters.countDropped(streamName, source.tracks(), LOG::warn);
    return started;
  }
}
