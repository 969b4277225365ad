package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.NetworkOptions;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.Handover;
import dev.sluice.loop.TcpPort;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpPort;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerHome;
import dev.sluice.webrtc.PeerLoop;
import dev.sluice.webrtc.PeerLoops;
import dev.sluice.webrtc.TcpDoor;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An engine's event loops, each with its socket on the one UDP port. */
final class EngineLoops implements PeerLoops {
  /**
   * Not zero: without a quiet period, a loop that is told to end between two checks of its own ends
   * without closing the channels of the protocol servers that share it.
   */
  private static final long QUIET_MILLIS = 20;

  static final String NO_LOOP =
      "all event loops of the engine have ended; close it before event loops that it was lent";
  private static final long SHUTDOWN_MILLIS = 10_000;

  private final EventLoopGroup group;
  private final boolean ownsGroup;
  private final Transport transport;
  private final List<Channel> channels = new ArrayList<>();
  private final List<PeerLoop> loops = new ArrayList<>();
  private final LoopWatch watch;
  private @Nullable TcpDoor tcpDoor;
  private @Nullable InetSocketAddress tcpAddress;

  private EngineLoops(
      EventLoopGroup group, boolean ownsGroup, Transport transport, LoopWatch watch) {
    this.group = group;
    this.ownsGroup = ownsGroup;
    this.transport = transport;
    this.watch = watch;
  }

  static EngineLoops open(
      EngineConfiguration configuration,
      ByteBufAllocator allocator,
      PeerDirectory directory,
      EngineClock clock) {
    EventLoopGroup given = configuration.eventLoops();
    Transport transport =
        given == null
            ? Transport.best(configuration.network().nativeTransport())
            : Transport.of(given);
    return open(configuration, allocator, directory, clock, transport, transport.canSharePort());
  }

  /** one event loop has to do where its socket cannot share the port with others */
  static EngineLoops open(
      EngineConfiguration configuration,
      ByteBufAllocator allocator,
      PeerDirectory directory,
      EngineClock clock,
      Transport transport,
      boolean canSharePort) {
    EventLoopGroup given = configuration.eventLoops();
    EventLoopGroup group =
        given == null
            ? transport.newEventLoops(
                canSharePort ? configuration.network().eventLoops() : 1,
                new DefaultThreadFactory("sluice-loop", true))
            : given;
    LoopWatch watch = new LoopWatch(configuration.listener());
    EngineLoops loops = new EngineLoops(group, given == null, transport, watch);
    try {
      loops.bind(configuration, allocator, directory, clock, canSharePort);
      loops.bindTcp(configuration.network(), allocator, directory, clock);
    } catch (Throwable e) {
      loops.close();
      throw e;
    }
    return loops;
  }

  private void bind(
      EngineConfiguration configuration,
      ByteBufAllocator allocator,
      PeerDirectory directory,
      EngineClock clock,
      boolean canSharePort) {
    Set<EventLoop> members = new HashSet<>();
    for (EventExecutor member : group) {
      if (canSharePort || members.isEmpty()) {
        members.add((EventLoop) member);
      }
    }
    SessionSockets sockets = new SessionSockets(configuration, allocator, clock, transport);
    UdpPort port = sockets.port(members.size() > 1);
    InetSocketAddress address = configuration.network().bindAddress();
    requireFree(address);
    for (EventLoop member : members) {
      Channel channel = bound(port.bind(member, address), "network.bindAddress", "UDP", address);
      address = (InetSocketAddress) channel.localAddress();
      channels.add(channel);
      PeerLoop loop = sockets.attach(channel, member, directory);
      loops.add(loop);
      watch.add(loop, channel);
    }
    watch.start();
  }

  /** sockets that share a port would also share it with another engine, without a word */
  private static void requireFree(InetSocketAddress address) {
    try {
      new DatagramSocket(address).close();
    } catch (IOException e) {
      throw cannotBind("network.bindAddress", "UDP", address, e);
    }
  }

  /** all connections come in on one event loop, and go to that of their session */
  private void bindTcp(
      NetworkOptions network,
      ByteBufAllocator allocator,
      PeerDirectory directory,
      EngineClock clock) {
    InetSocketAddress address = network.iceTcpAddress();
    if (address == null) {
      return;
    }
    TcpDoor door =
        new TcpDoor(loops.get(0).eventLoop(), directory, clock, network.maxIceTcpConnections());
    Channel channel =
        bound(
            door.open(new TcpPort(transport, allocator), address),
            "network.iceTcpAddress",
            "TCP",
            address);
    tcpDoor = door;
    tcpAddress = (InetSocketAddress) channel.localAddress();
    channels.add(channel);
  }

  private static Channel bound(
      ChannelFuture binding, String option, String protocol, InetSocketAddress address) {
    if (!binding.awaitUninterruptibly().isSuccess()) {
      throw cannotBind(option, protocol, address, binding.cause());
    }
    return binding.channel();
  }

  private static UncheckedIOException cannotBind(
      String option, String protocol, InetSocketAddress address, Throwable cause) {
    String message =
        "%s: cannot bind %s %s (%s); choose another port, or 0 for any"
            .formatted(option, protocol, address, cause.getMessage());
    return new UncheckedIOException(new IOException(message, cause));
  }

  EventLoopGroup group() {
    return group;
  }

  Transport transport() {
    return transport;
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) channels.get(0).localAddress();
  }

  /** where connections are accepted, null for nowhere */
  @Nullable InetSocketAddress tcpAddress() {
    return tcpAddress;
  }

  /** who lets connections in, null for nobody */
  @Nullable TcpDoor tcpDoor() {
    return tcpDoor;
  }

  List<PeerLoop> loops() {
    return loops;
  }

  /**
   * The loop for the next session: where its publisher writes, so that no other loop need be woken,
   * unless that one has many more sessions than another. All other loops are as good as the one
   * that its datagrams come to.
   *
   * @param writer the publisher's thread, null while unknown
   * @throws IllegalStateException if no loop is alive
   */
  @Override
  public PeerHome next(@Nullable Thread writer) {
    List<PeerLoop> alive = loops.stream().filter(PeerLoop::isAlive).toList();
    PeerLoop least =
        alive.stream()
            .min(Comparator.comparingInt(PeerLoop::sessions))
            .orElseThrow(() -> new IllegalStateException(NO_LOOP));
    for (PeerLoop loop : alive) {
      if (writer != null && loop.eventLoop().inEventLoop(writer) && !loop.isCrowdedBeside(least)) {
        return PeerHome.on(loop);
      }
    }
    return PeerHome.provisionally(least);
  }

  boolean inEventLoop() {
    return loops.stream().anyMatch(loop -> loop.eventLoop().inEventLoop());
  }

  void close() {
    watch.stop();
    for (Channel channel : channels) {
      channel.close().awaitUninterruptibly();
    }
    if (tcpDoor != null) {
      Handover.offer(loops.get(0).eventLoop(), tcpDoor::close);
    }
    if (ownsGroup) {
      group
          .shutdownGracefully(QUIET_MILLIS, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly();
      NettyThread.awaitEnd();
    }
  }
}
