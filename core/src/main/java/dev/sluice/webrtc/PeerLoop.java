package dev.sluice.webrtc;

import dev.sluice.LoopStatistics;
import dev.sluice.fanout.Burst;
import dev.sluice.fanout.Egress;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.Pacer;
import dev.sluice.fanout.TrackSender;
import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceContext;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.TcpTraffic;
import dev.sluice.loop.TimerWheel;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.stream.Track;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The sessions of one event loop: its socket on the engine's port, its timers and what its sessions
 * share. A datagram that the kernel gave to another loop is handed over, within a limit.
 */
public final class PeerLoop extends ChannelInboundHandlerAdapter {
  /** larger datagrams are no peer's: they are dropped */
  public static final int MAX_DATAGRAM = 2_048;

  private static final int MAX_IMBALANCE = 8;
  private static final long FAILURE_INTERVAL_NANOS = 1_000_000_000;

  private final EventLoop eventLoop;
  private final String name;
  private final UdpSocket socket;
  private final TcpTraffic tcp = new TcpTraffic();
  private final EngineClock clock;
  private final IceContext ice;
  private final Consumer<Throwable> onFailure;
  private final Egress egress;
  private final PeerTimers timers;
  private final PeerInbound inbound;
  private final Pacer pacer;
  private final Map<Track, Fanout> fanouts = new HashMap<>();
  private final byte[] outbound = new byte[MAX_DATAGRAM];
  private final CompoundReader compoundReader = new CompoundReader();
  private final CompoundWriter compoundWriter = new CompoundWriter();
  private final List<Runnable> afterRead = new ArrayList<>();
  private final Set<Peer> sessions = ConcurrentHashMap.newKeySet();
  private long nextFailureNanos;
  private volatile long lastTurnNanos;
  private volatile boolean alive = true;

  /**
   * Makes the sessions' side of an event loop.
   *
   * @param eventLoop its thread
   * @param socket its socket
   * @param directory all sessions
   * @param clock the engine's clock
   * @param ice what its ICE agents share
   * @param onFailure hears of a failing socket or datagram, at most once a second; must not throw
   */
  public PeerLoop(
      EventLoop eventLoop,
      UdpSocket socket,
      PeerDirectory directory,
      EngineClock clock,
      IceContext ice,
      Consumer<Throwable> onFailure) {
    this.eventLoop = eventLoop;
    name = threadName(eventLoop);
    this.socket = socket;
    this.clock = clock;
    this.ice = ice;
    this.onFailure = onFailure;
    egress = new Egress(socket);
    pacer = new Pacer(task -> eventLoop.schedule(task, Burst.SPAN_NANOS, TimeUnit.NANOSECONDS));
    nextFailureNanos = clock.nanos();
    lastTurnNanos = nextFailureNanos;
    timers = new PeerTimers(eventLoop, socket, clock);
    inbound = new PeerInbound(this, directory, clock);
  }

  private static String threadName(EventLoop eventLoop) {
    return eventLoop instanceof SingleThreadEventExecutor executor
        ? executor.threadProperties().name()
        : eventLoop.toString();
  }

  /** {@return the thread; from any thread} */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  /** {@return the thread's name; from any thread} */
  public String name() {
    return name;
  }

  /** {@return how many sessions are homed here; from any thread} */
  public int sessions() {
    return sessions.size();
  }

  /** {@return whether many more sessions live here than on another one; from any thread} */
  public boolean isCrowdedBeside(PeerLoop other) {
    return sessions() - other.sessions() >= MAX_IMBALANCE;
  }

  /** {@return whether sessions can live here; from any thread} */
  public boolean isAlive() {
    return alive;
  }

  /** Notes that the event loop has got round to this; called there at regular intervals. */
  public void turn() {
    lastTurnNanos = clock.nanos();
  }

  /** {@return how long ago {@link #turn} was called, in nanoseconds; from any thread} */
  public long nanosSinceTurn() {
    return Math.max(0, clock.nanos() - lastTurnNanos);
  }

  /**
   * Ends all sessions: the event loop or its socket is gone. Called on the event loop, or by anyone
   * once that has ended.
   */
  public void end() {
    alive = false;
    sessions.forEach(Peer::abandon);
  }

  /**
   * A session is homed here from now on; from any thread.
   *
   * @throws IllegalStateException when sessions cannot live here any more
   */
  void sessionOpened(Peer session) {
    sessions.add(session);
    if (!alive) {
      sessions.remove(session);
      throw new IllegalStateException("the event loop has ended");
    }
  }

  /** A session is gone. */
  void sessionEnded(Peer session) {
    sessions.remove(session);
  }

  /** {@return how it is; from any thread} */
  public LoopStatistics statistics() {
    return new LoopStatistics(name(), isAlive(), Duration.ofNanos(nanosSinceTurn()), sessions());
  }

  /** {@return its socket; statistics from any thread} */
  public UdpSocket socket() {
    return socket;
  }

  /** {@return what its sessions' connections carry; from any thread} */
  public TcpTraffic tcp() {
    return tcp;
  }

  /** {@return its ICE counters; from any thread, approximately} */
  public IceContext ice() {
    return ice;
  }

  /** {@return datagrams that came in; from any thread} */
  public long datagramsReceived() {
    return inbound.received();
  }

  /** {@return dropped: no session has this address or user-name fragment; from any thread} */
  public long unknownSender() {
    return inbound.unknownSender();
  }

  /** {@return dropped: too large, or too many to hand over or to send; from any thread} */
  public long dropped() {
    return inbound.dropped() + socket.congested();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      inbound.receive(datagram.content(), datagram.sender());
    } catch (Throwable e) {
      tell(e);
    } finally {
      datagram.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    endRead();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (socket.isWritable()) {
      fanouts.values().forEach(Fanout::wake);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    socket.sendFailed();
    tell(cause);
  }

  private void tell(Throwable cause) {
    long now = clock.nanos();
    if (now - nextFailureNanos >= 0) {
      nextFailureNanos = now + FAILURE_INTERVAL_NANOS;
      onFailure.accept(cause);
    }
  }

  /**
   * Has something done when all that arrived together was handed over.
   *
   * @param action must not throw
   */
  void afterRead(Runnable action) {
    afterRead.add(action);
  }

  /** All that arrived together was handed over. */
  void endRead() {
    for (int i = 0; i < afterRead.size(); i++) {
      afterRead.get(i).run();
    }
    afterRead.clear();
    socket.flush();
  }

  /** a session that lives here gets a datagram that came to another loop; any thread */
  void handOver(Peer session, byte[] datagram, InetSocketAddress from, PeerLoop cameTo) {
    inbound.handOver(session, datagram, from, cameTo);
  }

  /** where a session builds an answer; at least {@link IceAgent#MAX_MESSAGE_LENGTH} bytes */
  byte[] outbound() {
    return outbound;
  }

  CompoundReader compoundReader() {
    return compoundReader;
  }

  CompoundWriter compoundWriter() {
    return compoundWriter;
  }

  Egress egress() {
    return egress;
  }

  void join(Track track, TrackSender sender) {
    fanouts
        .computeIfAbsent(track, t -> new Fanout(t, eventLoop, egress, pacer, clock::nanos))
        .add(sender);
  }

  /** Has the viewers of a track served again a moment later. */
  void wakeLater(Track track) {
    Fanout fanout = fanouts.get(track);
    if (fanout != null) {
      fanout.wakeLater();
    }
  }

  void leave(Track track, TrackSender sender) {
    Fanout fanout = fanouts.get(track);
    if (fanout != null) {
      fanout.remove(sender);
      if (fanout.isEmpty()) {
        fanouts.remove(track);
      }
    }
  }

  void schedule(TimerWheel.Entry entry, long deadlineNanos) {
    timers.schedule(entry, deadlineNanos);
  }

  void cancel(TimerWheel.Entry entry) {
    timers.cancel(entry);
  }
}
