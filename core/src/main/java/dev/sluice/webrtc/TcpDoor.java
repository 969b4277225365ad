package dev.sluice.webrtc;

import dev.sluice.loop.AddressLimit;
import dev.sluice.loop.Alarm;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.TcpPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where peers connect to (RFC 6544): one port for all sessions. On one event loop it keeps those
 * that have not named a session yet, for a short time and up to limits; of too many, in all or of
 * one address, the oldest is turned away, since a peer that means it needs but a round trip.
 */
public final class TcpDoor {
  static final int MOST_STRANGERS = 1_024;
  static final int MOST_STRANGERS_OF_AN_ADDRESS = 64;
  static final long TIME_TO_CHECK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EventLoop loop;
  private final PeerDirectory directory;
  private final EngineClock clock;
  private final int mostConnections;
  private final AddressLimit strangersOf = new AddressLimit(MOST_STRANGERS_OF_AN_ADDRESS);
  private final Set<TcpStranger> strangers = new LinkedHashSet<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder withoutSession = new LongAdder();
  private final Alarm alarm;
  private volatile boolean closed;

  /**
   * Makes a door that is not open yet.
   *
   * @param loop whose thread keeps it
   * @param directory all sessions
   * @param clock the engine's clock
   * @param mostConnections at a time, of strangers and of sessions
   */
  public TcpDoor(EventLoop loop, PeerDirectory directory, EngineClock clock, int mostConnections) {
    this.loop = loop;
    this.directory = directory;
    this.clock = clock;
    this.mostConnections = mostConnections;
    alarm = new Alarm(loop, clock::nanos, this::turnAwayLate);
  }

  /**
   * Listens.
   *
   * @param port how
   * @param address to bind
   * @return the outcome of binding
   */
  public ChannelFuture open(TcpPort port, InetSocketAddress address) {
    return port.bind(loop, address, acceptor());
  }

  /** what takes each connection in */
  ChannelHandler acceptor() {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        accept(channel);
      }
    };
  }

  /** {@return connections that are open; from any thread} */
  public int connections() {
    return connections.get();
  }

  /** {@return connections that ended before they had named a session; from any thread} */
  public long withoutSession() {
    return withoutSession.sum();
  }

  /** Closes the connections of strangers, and lets nobody in any more; on its event loop. */
  public void close() {
    closed = true;
    alarm.cancel();
    List.copyOf(strangers).forEach(TcpStranger::close);
  }

  private void accept(Channel channel) {
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (remote == null || closed || !enters(remote.getAddress())) {
      withoutSession.increment();
      channel.close();
      return;
    }
    connections.incrementAndGet();
    channel.closeFuture().addListener(gone -> connections.decrementAndGet());
    long deadline = clock.nanos() + TIME_TO_CHECK_NANOS;
    TcpStranger stranger =
        new TcpStranger(channel, remote.getAddress(), deadline, directory, this::leave);
    strangers.add(stranger);
    channel.pipeline().addLast(stranger);
    alarm.noLaterThan(deadline);
  }

  private boolean enters(InetAddress address) {
    while (!strangersOf.tryEnter(address)) {
      oldestOf(address).close();
    }
    boolean full = connections.get() >= mostConnections || strangers.size() == MOST_STRANGERS;
    if (full && !strangers.isEmpty()) {
      oldest().close();
    } else if (full) {
      strangersOf.leave(address);
      return false;
    }
    return true;
  }

  private void leave(TcpStranger stranger) {
    if (!strangers.remove(stranger)) {
      return;
    }
    strangersOf.leave(stranger.address());
    if (!stranger.isNamed()) {
      withoutSession.increment();
    }
    if (strangers.isEmpty()) {
      alarm.cancel();
    }
  }

  private void turnAwayLate() {
    long now = clock.nanos();
    while (!strangers.isEmpty() && oldest().deadline() - now <= 0) {
      oldest().close();
    }
    if (!strangers.isEmpty()) {
      alarm.noLaterThan(oldest().deadline());
    }
  }

  private TcpStranger oldest() {
    return strangers.iterator().next();
  }

  private TcpStranger oldestOf(InetAddress address) {
    return strangers.stream()
        .filter(stranger -> AddressLimit.areOne(stranger.address(), address))
        .findFirst()
        .orElseThrow();
  }
}
