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
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where peers connect to (RFC 6544): one port for all sessions. On one event loop it keeps those
 * that have not named a session yet, for a short time and up to limits; of too many the oldest is
 * turned away, since a peer that means it needs but a round trip.
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
  private final LongAdder turnedAway = new LongAdder();
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

  /** {@return connections closed without a session; from any thread} */
  public long turnedAway() {
    return turnedAway.sum();
  }

  /** Closes the connections of strangers, and lets nobody in any more; on its event loop. */
  public void close() {
    closed = true;
    alarm.cancel();
    List.copyOf(strangers).forEach(TcpStranger::close);
  }

  @Nullable Peer session(String ufrag) {
    return directory.byUfrag(ufrag);
  }

  void turnAway(TcpStranger stranger) {
    leave(stranger);
    turnedAway.increment();
    stranger.close();
  }

  /** it has named a session, or is closed */
  void leave(TcpStranger stranger) {
    if (strangers.remove(stranger)) {
      strangersOf.leave(stranger.address());
      if (strangers.isEmpty()) {
        alarm.cancel();
      }
    }
  }

  private void accept(Channel channel) {
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (remote == null || closed || !hasRoom() || !strangersOf.tryEnter(remote.getAddress())) {
      turnedAway.increment();
      channel.close();
      return;
    }
    connections.incrementAndGet();
    channel.closeFuture().addListener(gone -> connections.decrementAndGet());
    TcpStranger stranger =
        new TcpStranger(this, channel, remote.getAddress(), clock.nanos() + TIME_TO_CHECK_NANOS);
    strangers.add(stranger);
    channel.pipeline().addLast(stranger);
    alarm.noLaterThan(stranger.deadline());
  }

  private boolean hasRoom() {
    boolean full = connections.get() >= mostConnections;
    if ((full || strangers.size() == MOST_STRANGERS) && !strangers.isEmpty()) {
      turnAway(strangers.iterator().next());
      return true;
    }
    return !full;
  }

  private void turnAwayLate() {
    long now = clock.nanos();
    while (!strangers.isEmpty() && strangers.iterator().next().deadline() - now <= 0) {
      turnAway(strangers.iterator().next());
    }
    if (!strangers.isEmpty()) {
      alarm.noLaterThan(strangers.iterator().next().deadline());
    }
  }
}
