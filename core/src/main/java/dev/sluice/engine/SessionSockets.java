package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.ice.IceContext;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.RateLimitedLog;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpPort;
import dev.sluice.loop.UdpSocket;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerLoop;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import org.slf4j.LoggerFactory;

/** What all sockets of an engine have in common, that of its port and those of single peers. */
final class SessionSockets {
  private final EngineConfiguration configuration;
  private final ByteBufAllocator allocator;
  private final EngineClock clock;
  private final Transport transport;
  private final RateLimitedLog log;

  SessionSockets(
      EngineConfiguration configuration,
      ByteBufAllocator allocator,
      EngineClock clock,
      Transport transport) {
    this.configuration = configuration;
    this.allocator = allocator;
    this.clock = clock;
    this.transport = transport;
    log = new RateLimitedLog(LoggerFactory.getLogger(SessionSockets.class), clock::nanos);
  }

  /**
   * Opens sockets on a port.
   *
   * @param shared whether it will be several
   */
  UdpPort port(boolean shared) {
    return new UdpPort(
        transport,
        allocator,
        configuration.network().receiveBatch(),
        PeerLoop.MAX_DATAGRAM,
        shared);
  }

  /** Has a socket carry the sessions of a directory, and reads from it. */
  PeerLoop attach(Channel channel, EventLoop member, PeerDirectory directory) {
    UdpSocket socket =
        new UdpSocket(
            channel, configuration.egress().segmentation(), configuration.egress().batchSize());
    PeerLoop loop =
        new PeerLoop(
            member,
            socket,
            directory,
            clock,
            new IceContext(
                configuration.session().connectTimeout().toNanos(),
                configuration.session().consentTimeout().toNanos(),
                new SecureRandom()),
            this::failed);
    channel.pipeline().addLast(loop);
    channel.config().setAutoRead(true);
    return loop;
  }

  private void failed(Throwable cause) {
    log.warn("A socket failed, or a datagram could not be taken: " + cause);
    configuration.listener().ioFailure(cause);
  }
}
